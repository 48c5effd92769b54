-- The refused lines with their number in the file, the column and its masked value, and the used cells as they were written, which
-- stay in the vault. Parameters: $columns and $fields, the file's column and our field for each rule.
CREATE OR REPLACE TEMP TABLE rejections AS
SELECT
    place + s.rows AS row_number, map_extract_value($columns::MAP(VARCHAR, VARCHAR), rule) AS column_name, rule,
    masked(CASE map_extract_value($fields::MAP(VARCHAR, VARCHAR), rule) WHEN 'agency' THEN agency WHEN 'work_government' THEN work_government ELSE nip END) AS masked_value,
    r.* EXCLUDE (place, rule) REPLACE (
        coalesce(agency, '') AS agency, coalesce(employment, '') AS employment, coalesce(position_type, '') AS position_type,
        coalesce("position", '') AS "position", coalesce(rank, '') AS rank, coalesce(gender, '') AS gender, coalesce(birth, '') AS birth,
        coalesce(work_government, '') AS work_government, coalesce(home_government, '') AS home_government,
        coalesce(standing, '') AS standing, coalesce(simulated, '') AS simulated)
FROM refused r ASOF JOIN shifts s ON r.place >= s.first_place
ORDER BY row_number
