-- A difference stands between two sources of that case: registers, or the history of discipline that was joined to it.
WITH origin AS (
    SELECT case_id, person_number, source_id FROM core_case_origin
    UNION
    SELECT case_id, person_number, source_id FROM core_discipline WHERE case_id IS NOT NULL
),
sided AS (
    SELECT case_id, person_number, column_name, unnest([source_id, other_source_id]) AS source_id, value = other_value OR source_id = other_source_id AS is_none
    FROM core_case_difference
)
SELECT s.* FROM sided s LEFT JOIN origin o ON o.case_id = s.case_id AND o.person_number = s.person_number AND o.source_id = s.source_id
WHERE o.case_id IS NULL OR is_none
