-- What each text of `texts` says of the gender.
SELECT place, gender_of(text_value, '') AS stated_gender FROM texts
