SELECT
    w.as_of, w.government_code, n.agency_id, w.employment_type, w.position_class, w.rank_group,
    w.gender, w.age_band, sum(w.headcount)::BIGINT AS headcount, bool_or(w.is_simulated) AS is_simulated, w.source_id
FROM staging.workforce w
JOIN staging.agency_name n
    ON n.government_code = w.government_code AND n.written = w.agency_name AND w.as_of BETWEEN n.valid_from AND n.valid_to
WHERE w.is_active
GROUP BY ALL
