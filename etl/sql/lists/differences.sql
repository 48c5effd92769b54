-- The differences of the current build, with the numbers under which each side keeps the case, where the vault has them.
WITH numbered AS (
    SELECT m.case_id, m.person_number, m.source_id, coalesce(e.register_text, e.bawaslu_text) AS number
    FROM staging.member m JOIN staging.entry e USING (entry)
    UNION ALL
    SELECT m.case_id, m.person_number, r.source_id, r.decision_text
    FROM staging.sanction_match m JOIN staging.discipline_record r USING (record_id)
)
SELECT d.case_id, d.person_number, d.column_name, d.source_id, n.number, d.value, d.other_source_id, o.number AS other_number, d.other_value
FROM warehouse.core_case_difference d
LEFT JOIN numbered n ON n.case_id = d.case_id AND n.person_number = d.person_number AND n.source_id = d.source_id
LEFT JOIN numbered o ON o.case_id = d.case_id AND o.person_number = d.person_number AND o.source_id = d.other_source_id
ORDER BY ALL
