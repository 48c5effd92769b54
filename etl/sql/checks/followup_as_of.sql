-- The clock is read on the day that the receipt of the build names.
SELECT DISTINCT f.as_of, b.as_of AS receipt FROM mart_followup f, core_build b WHERE f.as_of <> b.as_of
