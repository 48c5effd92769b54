-- The position class that each text of `texts` says as the name of a position; NULL where it says none.
SELECT place, class_of_title(text_value) AS class_of_title, is_titled(text_value) AS is_titled FROM texts
