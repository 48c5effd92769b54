-- The rows of the spreadsheet that are refused at present, each once, in the order of their numbers. Parameter: $rejections the
-- source's refused rows in the vault.
CREATE OR REPLACE TEMP TABLE chosen AS
WITH earlier AS (SELECT * FROM read_parquet($rejections)),
returned AS (
    SELECT try_cast(trim(refused_row) AS BIGINT) AS refused_row, raw.row_number AS sheet_row, raw.* EXCLUDE (row_number, refused_row)
    FROM raw WHERE try_cast(trim(refused_row) AS BIGINT) IN (SELECT row_number FROM earlier)
),
once AS (SELECT *, row_number() OVER (PARTITION BY refused_row ORDER BY sheet_row) AS copy FROM returned)
SELECT row_number() OVER (ORDER BY refused_row) - 1 AS in_order, once.* EXCLUDE (copy, sheet_row) FROM once WHERE copy = 1 ORDER BY in_order
