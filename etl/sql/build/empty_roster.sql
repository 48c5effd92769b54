-- The shape of the vault's rosters where none is loaded.
SELECT
    NULL::BLOB AS person, NULL::VARCHAR AS employment_type, NULL::VARCHAR AS agency_name, NULL::VARCHAR AS position_class,
    NULL::VARCHAR AS rank_group, NULL::VARCHAR AS gender, NULL::VARCHAR AS age_band, NULL::BOOLEAN AS is_active,
    NULL::VARCHAR AS home_government, NULL::VARCHAR AS work_government, NULL::BOOLEAN AS is_simulated, NULL::VARCHAR AS source_id,
    NULL::VARCHAR AS government_code, NULL::DATE AS as_of
WHERE false
