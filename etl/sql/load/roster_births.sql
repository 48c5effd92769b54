-- The dates in the column of births, as numbers YYYYMMDD like the first eight digits of a NIP; NULL where one cannot be read.
-- Parameter: $as_of date of the snapshot. Nobody serves before the age of 15, which settles years of two figures.
CREATE OR REPLACE TEMP TABLE births AS
SELECT text_value::birth_cell AS birth, strftime(written_date_until(text_value, ($as_of::DATE - INTERVAL 15 YEAR)::DATE), '%Y%m%d')::INTEGER AS day
FROM (SELECT DISTINCT birth::VARCHAR AS text_value FROM roster) WHERE cell(text_value) IS NOT NULL
