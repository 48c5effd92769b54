-- How many records of the earlier file ($earlier, in the vault) this one has too, and how many there were.
SELECT
    count(*) FILTER (record_hash IN (SELECT record_hash FROM people) OR hash(person, decided_on) IN (SELECT hash(person, decided_on) FROM people)),
    count(*)
FROM read_parquet($earlier)
