SELECT
    r.source_id, r.row_number, r.column_name, r.rule, r.masked_value, m.message_id, m.message_en
FROM staging.rejection r JOIN staging.message m ON m.rule = r.rule
