SELECT
    w.source_id, w.row_number, w.column_name, w.rule, w.masked_value, m.message_id, m.message_en
FROM staging.warning w JOIN staging.message m ON m.rule = w.rule
