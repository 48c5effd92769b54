-- Every row that a register brought is the origin of one person of one case, and every person of a case has an origin.
SELECT source_id, rows_loaded AS expected, (SELECT count(*) FROM core_case_origin o WHERE o.source_id = s.source_id) AS found
FROM core_source s WHERE kind = 'cases' AND expected <> found
UNION ALL
SELECT case_id, 1, 0 FROM core_case c ANTI JOIN core_case_origin o ON o.case_id = c.case_id AND o.person_number = c.person_number AND o.source_id = c.source_id
UNION ALL
SELECT case_id, 0, 1 FROM core_case_origin o ANTI JOIN core_case c ON o.case_id = c.case_id AND o.person_number = c.person_number
