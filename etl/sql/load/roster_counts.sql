-- What the card of a roster says, a line per number: rows, active persons, and where the columns disagree with the NIP.
-- Lines and not scalar subqueries: the planner takes 50 ms to order nine joins of one row, and there are many files.
WITH stated AS MATERIALIZED (
    SELECT employment, employment_type, gender, substr(digits, 15, 1) AS digit, count(*) AS n
    FROM roster WHERE rule IS NULL GROUP BY ALL
),
-- Read as a date only where the digits are not the number's own, in either order.
doubtful AS MATERIALIZED (
    SELECT birth, digits FROM roster
    WHERE rule IS NULL AND birth IS NOT NULL AND replace(replace(replace(trim(birth), '-', ''), '/', ''), '.', '')
        NOT IN ('', left(digits, 8), substr(digits, 7, 2) || substr(digits, 5, 2) || left(digits, 4))
)
SELECT 'rows_in_file' AS name, count(*) AS n FROM raw
UNION ALL SELECT 'rows_read', count(*) FROM roster
UNION ALL SELECT 'rows_loaded', count(*) FROM people
UNION ALL SELECT 'pns_active', count(*) FILTER (is_active AND employment_type = 'PNS') FROM people
UNION ALL SELECT 'pppk_active', count(*) FILTER (is_active AND employment_type = 'PPPK') FROM people
UNION ALL SELECT 'simulated', count(*) FILTER (is_simulated) FROM people
UNION ALL SELECT 'employment_disagrees', coalesce(sum(n), 0)::BIGINT FROM stated WHERE stated_employment(employment) <> employment_type
UNION ALL SELECT 'gender_disagrees', coalesce(sum(n), 0)::BIGINT FROM stated
    WHERE gender_of(gender, '') NOT IN ('unknown', gender_of('', repeat(digit, 15)))
UNION ALL SELECT 'birth_disagrees', count(*) FROM doubtful WHERE written_date(birth) <> nip_birth(digits)
