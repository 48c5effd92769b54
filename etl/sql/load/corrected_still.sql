-- What stays refused: rows that were not returned or came back empty, and returned rows that still break a rule. Parameter: $rejections the
-- source's refused rows in the vault.
CREATE OR REPLACE TEMP TABLE still_refused AS
SELECT * FROM read_parquet($rejections) WHERE row_number NOT IN (SELECT refused_row FROM chosen ANTI JOIN (SELECT place FROM odd) o ON o.place = chosen.in_order)
UNION ALL BY NAME
SELECT * FROM rejections
ORDER BY row_number
