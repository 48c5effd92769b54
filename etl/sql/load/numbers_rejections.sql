-- The refused pairs. Parameter: $columns the file's column for each rule.
CREATE OR REPLACE TEMP TABLE rejections AS
SELECT
    row_number, map_extract_value($columns::MAP(VARCHAR, VARCHAR), rule) AS column_name, rule,
    masked(CASE WHEN rule = 'number_old' THEN old_number ELSE new_number END) AS masked_value, old_number AS nip, new_number
FROM numbers WHERE rule IS NOT NULL ORDER BY row_number
