-- By what each agency has become, so that its series does not break where it was renamed or merged.
SELECT
    w.as_of, g.province_code, w.government_code, a.lineage_id AS agency_id, w.employment_type, sum(w.headcount)::BIGINT AS headcount,
    bool_or(w.is_simulated) AS is_simulated
FROM core_workforce w JOIN core_government g USING (government_code) JOIN core_agency a USING (agency_id)
GROUP BY ALL
