-- The shape of the headcounts where no roster is loaded.
SELECT
    NULL::VARCHAR AS employment_type, NULL::VARCHAR AS agency_name, NULL::VARCHAR AS position_class, NULL::VARCHAR AS rank_group,
    NULL::VARCHAR AS gender, NULL::VARCHAR AS age_band, NULL::BOOLEAN AS is_active, NULL::BOOLEAN AS is_simulated, NULL::BIGINT AS headcount,
    NULL::VARCHAR AS source_id, NULL::VARCHAR AS government_code, NULL::DATE AS as_of
WHERE false
