-- Nothing takes a negative time, and a person waits at one stage of the procedure at most.
SELECT case_id, person_number, stage FROM mart_followup WHERE days < 0 OR working_days < 0 OR working_days > days
UNION ALL
SELECT case_id, person_number, 'open twice' FROM mart_followup
WHERE state = 'open' AND stage <> 'block' AND NOT starts_with(stage, 'to_') GROUP BY ALL HAVING count(*) > 1
