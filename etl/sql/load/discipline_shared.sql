-- How many records of the earlier file ($earlier, in the vault) this one has too, and how many there were.
-- In a dry run ($persons false) pseudonyms are of another secret, and the date must do.
SELECT
    count(*) FILTER (record_hash IN (SELECT record_hash FROM people) OR hash(decided_on, CASE WHEN $persons THEN person END)
        IN (SELECT hash(decided_on, CASE WHEN $persons THEN person END) FROM people)),
    count(*)
FROM read_parquet($earlier)
