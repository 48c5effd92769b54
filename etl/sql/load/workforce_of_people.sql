-- The headcount of a roster from its people in the vault, as roster_workforce.sql counts it while loading.
SELECT
    employment_type, agency_name, position_class, rank_group, gender, age_band, is_active, is_simulated, count(*) AS headcount
FROM people_in_vault GROUP BY ALL ORDER BY ALL
