-- Every warning that a roster's card counts is listed.
SELECT source_id, warnings FROM core_source
WHERE kind = 'roster' AND warnings <> (SELECT count(*) FROM core_warning w WHERE w.source_id = core_source.source_id)
