-- Persons in cases who are alike in everything that is published of them.
SELECT
    c.province_code, c.government_code, coalesce(a.agency_id, c.government_code || '-unknown') AS agency_id, c.election_code,
    c.employment_type, c.position_class, c.age_band, c.category, c.phase, c.roster_match, c.is_recommended::VARCHAR AS is_recommended,
    c.is_decided::VARCHAR AS is_decided, c.recommended_severity, c.imposed_severity, c.comparison, c.severity_pair, count(*) AS persons
FROM mart_case c
-- An agency, as it is now, is one of its own government, or it is not known.
LEFT JOIN core_agency a ON a.agency_id = c.agency_id AND a.government_code = c.government_code
GROUP BY ALL
ORDER BY ALL
