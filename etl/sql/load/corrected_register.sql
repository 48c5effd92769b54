-- What stays refused of a register: rows that were not returned, came back empty or turned out to be there already, and returned
-- rows that still break a rule. Parameter: $rejections the source's refused rows in the vault.
CREATE OR REPLACE TEMP TABLE still_refused AS
SELECT * FROM read_parquet($rejections)
WHERE row_number NOT IN (SELECT row_number FROM people) AND row_number NOT IN (SELECT row_number FROM rejections)
UNION ALL BY NAME
SELECT * FROM rejections
ORDER BY row_number
