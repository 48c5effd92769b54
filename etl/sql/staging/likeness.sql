-- Pairs of rows of two registers that speak of one person in one case, with the grade of the evidence: 1 the same register
-- number, 2 the same forwarding letter, 3 acts within seven days. `is_certain` says that neither row has another candidate
-- as good in the other register; a pair that is not certain is never merged.
WITH numbered AS (
    SELECT entry, source_id, unnest([register_key, bawaslu_key]) AS number FROM staging.entry
),
same_number AS (
    SELECT DISTINCT a.entry AS entry_a, b.entry AS entry_b
    FROM numbered a JOIN numbered b ON a.number = b.number AND a.source_id < b.source_id
),
met AS (
    SELECT a.entry AS entry_a, b.entry AS entry_b
    FROM staging.entry a JOIN staging.entry b ON a.person = b.person AND a.government_code = b.government_code AND a.source_id < b.source_id
    UNION
    SELECT entry_a, entry_b FROM same_number
),
weighed AS (
    SELECT
        met.entry_a, met.entry_b, a.source_id AS source_a, b.source_id AS source_b,
        CASE
            WHEN n.entry_a IS NOT NULL THEN 1
            WHEN a.forwarding_key = b.forwarding_key THEN 2
            WHEN abs(date_diff('day', a.occurred_on, b.occurred_on)) <= 7 THEN 3
        END AS grade,
        -- Without a person on one side only the number speaks, and only where each side has one person.
        a.government_code = b.government_code
            AND coalesce(a.supervisor_key = b.supervisor_key, true)
            AND coalesce(a.person = b.person, a.persons = 1 AND b.persons = 1) AS is_fitting
    FROM met
    JOIN staging.entry a ON a.entry = met.entry_a
    JOIN staging.entry b ON b.entry = met.entry_b
    LEFT JOIN same_number n ON n.entry_a = met.entry_a AND n.entry_b = met.entry_b
    WHERE coalesce(a.person = b.person, a.government_code = b.government_code)
        AND a.is_simulated = b.is_simulated
        AND (a.employment_type = b.employment_type OR 'non_asn' NOT IN (a.employment_type, b.employment_type) OR 'unknown' IN (a.employment_type, b.employment_type))
),
graded AS (
    SELECT
        *,
        min(grade) FILTER (WHERE is_fitting) OVER (PARTITION BY entry_a, source_b) AS best_of_a,
        min(grade) FILTER (WHERE is_fitting) OVER (PARTITION BY entry_b, source_a) AS best_of_b
    FROM weighed WHERE grade IS NOT NULL
)
SELECT
    entry_a, entry_b, source_a, source_b, grade,
    is_fitting AND grade = best_of_a AND grade = best_of_b
        AND count(*) FILTER (WHERE is_fitting AND grade = best_of_a) OVER (PARTITION BY entry_a, source_b) = 1
        AND count(*) FILTER (WHERE is_fitting AND grade = best_of_b) OVER (PARTITION BY entry_b, source_a) = 1 AS is_certain
FROM graded
