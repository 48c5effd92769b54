-- The warnings with their line's number in the file, the column and its masked value. Parameters: $columns and $fields by rule.
CREATE OR REPLACE TEMP TABLE warnings AS
SELECT
    place + s.rows AS row_number, map_extract_value($columns::MAP(VARCHAR, VARCHAR), rule) AS column_name, rule,
    masked(CASE map_extract_value($fields::MAP(VARCHAR, VARCHAR), rule)
        WHEN 'birth' THEN birth WHEN 'gender' THEN gender WHEN 'employment' THEN employment WHEN 'agency' THEN agency ELSE number::VARCHAR END) AS masked_value
FROM warned w ASOF JOIN shifts s ON w.place >= s.first_place
ORDER BY row_number, rule
