-- Persons in cases who are alike in everything that is published of them.
SELECT
    province_code, government_code, election_code, employment_type, category, roster_match,
    is_recommended::VARCHAR AS is_recommended, is_decided::VARCHAR AS is_decided,
    recommended_severity, imposed_severity, comparison, count(*) AS persons
FROM mart_case
GROUP BY ALL
ORDER BY ALL
