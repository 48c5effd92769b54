SELECT
    as_of, government_code, agency_key(government_code, agency_name) AS agency_id, employment_type, position_class, rank_group,
    gender, age_band, sum(headcount)::BIGINT AS headcount, bool_or(is_simulated) AS is_simulated, source_id
FROM staging.workforce
WHERE is_active
GROUP BY ALL
