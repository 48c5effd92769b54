-- The date of birth in each text of `texts` as a number YYYYMMDD like the first eight digits of a NIP: NULL where there is no text, 0 where it
-- cannot be read. Parameter: $as_of date of the snapshot. Nobody serves before the age of 15, which settles years of two figures.
SELECT place, CASE WHEN cell(text_value) IS NOT NULL
    THEN coalesce(strftime(written_date_until(text_value, ($as_of::DATE - INTERVAL 15 YEAR)::DATE), '%Y%m%d')::INTEGER, 0) END AS written_day
FROM texts
