-- The strata of an agency add up to its headcount.
SELECT as_of, agency_id, employment_type, coalesce(m.headcount, 0) AS headcount, coalesce(s.headcount, 0) AS of_strata
FROM (SELECT as_of, agency_id, employment_type, sum(headcount) AS headcount FROM mart_workforce GROUP BY ALL) m
FULL JOIN (SELECT as_of, agency_id, employment_type, sum(headcount) AS headcount FROM mart_workforce_stratum GROUP BY ALL) s
    USING (as_of, agency_id, employment_type)
WHERE coalesce(m.headcount, 0) <> coalesce(s.headcount, 0)
