-- The refused lines with their number in the file, the column and its masked value, and the used cells as they were written, which
-- stay in the vault. Parameters: $columns and $fields, the file's column and our field for each rule.
CREATE OR REPLACE TEMP TABLE rejections AS
WITH written_lines AS (
    SELECT
        place, rule, coalesce(written, number::VARCHAR) AS nip, agency::VARCHAR AS agency, employment::VARCHAR AS employment,
        position_type::VARCHAR AS position_type, "position"::VARCHAR AS "position", rank::VARCHAR AS rank, gender::VARCHAR AS gender,
        birth::VARCHAR AS birth, work_government::VARCHAR AS work_government, home_government::VARCHAR AS home_government,
        standing::VARCHAR AS standing, simulated::VARCHAR AS simulated
    FROM refused JOIN roster ON roster.rowid = place
)
SELECT
    place + s.rows AS row_number, map_extract_value($columns::MAP(VARCHAR, VARCHAR), rule) AS column_name, rule,
    masked(CASE map_extract_value($fields::MAP(VARCHAR, VARCHAR), rule) WHEN 'agency' THEN agency WHEN 'work_government' THEN work_government ELSE nip END) AS masked_value,
    w.* EXCLUDE (place, rule)
FROM written_lines w ASOF JOIN shifts s ON w.place >= s.first_place
ORDER BY row_number
