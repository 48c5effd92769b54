-- What each text of `texts` says of the kind of employment; NULL where it says nothing.
SELECT place, stated_employment(text_value) AS stated_employment FROM texts
