-- The shape of changed numbers where none are loaded.
SELECT NULL::BLOB AS person, NULL::BLOB AS person_now, NULL::VARCHAR AS source_id WHERE false
