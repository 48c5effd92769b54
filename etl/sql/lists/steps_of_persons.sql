-- Steps of the procedure that persons stand at or have passed, in the words of the follow-up page (metrics/followup/asked.py).
SELECT
    f.province_code, f.government_code, coalesce(a.agency_id, f.government_code || '-unknown') AS agency_id, f.election_code,
    -- What a remedy has stopped stands apart from what waits for its effect.
    CASE WHEN f.holder = 'appeal_body' THEN 'remedy' ELSE f.stage END AS stage,
    CASE
        WHEN f.state = 'done' AND f.timing = 'late' THEN 'late'
        WHEN f.state = 'open' AND f.timing = 'overdue' THEN 'overdue'
        WHEN f.state = 'done' THEN 'done'
        WHEN f.state = 'open' THEN 'waiting'
        WHEN f.state = 'ended' THEN 'ended'
        ELSE 'undated'
    END AS part,
    count(*) AS persons
FROM mart_followup f
LEFT JOIN core_agency a ON a.agency_id = f.agency_id AND a.government_code = f.government_code
WHERE NOT starts_with(f.stage, 'to_')
GROUP BY ALL
ORDER BY ALL
