-- The position class that each text of `texts` says as the type of a position; NULL where it says none.
SELECT place, class_of_type(text_value) AS class_of_type, is_structural(text_value) AS is_structural FROM texts
