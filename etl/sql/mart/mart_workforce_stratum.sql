-- The strata that standardised ratios compare within; by what each agency has become, as mart_workforce.
SELECT
    w.as_of, g.province_code, w.government_code, a.lineage_id AS agency_id, w.employment_type, w.position_class, w.age_band,
    sum(w.headcount)::BIGINT AS headcount
FROM core_workforce w JOIN core_government g USING (government_code) JOIN core_agency a USING (agency_id)
GROUP BY ALL
