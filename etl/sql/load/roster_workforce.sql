-- The headcount of the file by everything that the warehouse keeps, so that a build need not read the people again.
SELECT
    employment_type::VARCHAR AS employment_type, agency_name, position_class::VARCHAR AS position_class, rank_group::VARCHAR AS rank_group,
    gender::VARCHAR AS gender, age_band::VARCHAR AS age_band, is_active, is_simulated, sum(headcount)::BIGINT AS headcount
FROM (
    SELECT employment_type, agency, position_class, rank_group, gender, age_band, is_active, is_simulated, count(*) AS headcount
    FROM persons GROUP BY ALL
) JOIN agencies USING (agency)
GROUP BY ALL ORDER BY ALL
