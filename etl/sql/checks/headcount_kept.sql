-- The mart holds every head of the core table.
SELECT (SELECT sum(headcount) FROM mart_workforce) AS in_mart, (SELECT sum(headcount) FROM core_workforce) AS in_core
WHERE in_mart <> in_core
