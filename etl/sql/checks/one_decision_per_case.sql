-- A decision of the history of discipline is joined to one person of one case, only where it concerns an election, and an
-- annulled one leaves no case decided.
SELECT case_id, person_number, count(*) AS decisions FROM core_discipline WHERE case_id IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 1
UNION ALL
SELECT d.case_id, d.person_number, 0 FROM core_discipline d LEFT JOIN core_case c ON c.case_id = d.case_id AND c.person_number = d.person_number
WHERE d.case_id IS NOT NULL AND (c.case_id IS NULL OR NOT coalesce(d.is_neutrality, false) OR (d.is_annulled AND c.annulled_on IS NULL))
