-- Whether somebody with each text of `texts` as legal standing counts as active.
SELECT place, counts_as_active(text_value) AS is_active FROM texts
