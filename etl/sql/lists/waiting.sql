-- Persons who wait or have waited, alike in place, state and days; of decisions also by the body that examined before them.
SELECT s.province_code, s.stage, coalesce(e.holder, 'unknown') AS body, s.state, s.days, count(*) AS persons
FROM mart_followup s
LEFT JOIN mart_followup e
    ON s.stage = 'decision' AND e.stage = 'examination' AND e.case_id = s.case_id AND e.person_number = s.person_number
WHERE s.stage = 'decision' OR starts_with(s.stage, 'to_')
GROUP BY ALL
ORDER BY ALL
