-- Every row read is either loaded or refused, and the refused ones are listed.
SELECT source_id, rows_read, rows_loaded, rows_rejected FROM core_source
WHERE rows_read <> rows_loaded + rows_rejected
   OR rows_rejected <> (SELECT count(*) FROM core_rejection r WHERE r.source_id = core_source.source_id)
