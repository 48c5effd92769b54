SELECT
    w.as_of, g.province_code, w.government_code, w.agency_id, w.employment_type, sum(w.headcount)::BIGINT AS headcount,
    bool_or(w.is_simulated) AS is_simulated
FROM core_workforce w JOIN core_government g USING (government_code)
GROUP BY ALL
