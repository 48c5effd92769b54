-- One roster per government and date.
SELECT government_code, as_of, count(*) AS rosters FROM core_source WHERE kind = 'roster' GROUP BY 1, 2 HAVING count(*) > 1
