SELECT
    code AS government_code,
    CASE WHEN level = 'province' THEN 'Pemerintah Provinsi ' ELSE 'Pemerintah ' END || name AS name,
    CASE WHEN level = 'province' THEN 'Pemprov ' || short_name ELSE short_name END AS short_name,
    level, province_code
FROM reference.regions
