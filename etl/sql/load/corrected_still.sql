-- What stays refused: rows that were not returned, and returned rows that still break a rule. Parameter: $rejections the
-- source's refused rows in the vault.
CREATE OR REPLACE TEMP TABLE still_refused AS
SELECT * FROM read_parquet($rejections) WHERE row_number NOT IN (SELECT refused_row FROM chosen)
UNION ALL BY NAME
SELECT * FROM rejections
ORDER BY row_number
