-- How many cases of the earlier file ($earlier, in the vault) this one has too, and how many there were.
-- A number that stands in every register ("12") tells nothing; such rows are known by person, place and dates. In a dry run
-- ($persons false) pseudonyms are of another secret, and place and dates must do.
WITH earlier AS (
    SELECT NULL::VARCHAR AS register_key, NULL::VARCHAR AS bawaslu_key WHERE false
    UNION ALL BY NAME
    SELECT * FROM read_parquet($earlier)
),
known AS (
    SELECT DISTINCT
        register_hash,
        coalesce(register_key, bawaslu_key) IN (SELECT coalesce(register_key, bawaslu_key) FROM people WHERE coalesce(register_key, bawaslu_key) IS NOT NULL)
        OR hash(government_code, occurred_on, reported_on, registered_on, CASE WHEN $persons THEN person END) IN (
            SELECT hash(government_code, occurred_on, reported_on, registered_on, CASE WHEN $persons THEN person END) FROM people) AS is_shared
    FROM earlier
)
SELECT count(DISTINCT register_hash) FILTER (is_shared), count(DISTINCT register_hash) FROM known
