-- Every preventive activity that is loaded stands once, and none that is not.
SELECT source_id, rows_loaded FROM core_source
WHERE kind = 'prevention' AND rows_loaded <> (SELECT count(*) FROM core_prevention p WHERE p.source_id = core_source.source_id)
