-- How many activities of the earlier file ($earlier, in the vault) this one has too, and how many there were. No activity is a
-- person's, so that $persons changes nothing.
SELECT count(*) FILTER (activity_hash IN (SELECT activity_hash FROM people)), count(*)
FROM read_parquet($earlier) WHERE $persons IS NOT NULL
