-- Whether each text of `texts` marks simulated data.
SELECT place, is_marked_simulated(text_value) AS is_simulated FROM texts
