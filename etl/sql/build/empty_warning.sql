-- The shape of the warnings where none are kept.
SELECT
    NULL::BIGINT AS row_number, NULL::VARCHAR AS column_name, NULL::VARCHAR AS rule, NULL::VARCHAR AS masked_value,
    NULL::VARCHAR AS source_id
WHERE false
