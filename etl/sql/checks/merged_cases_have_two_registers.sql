-- Rows of one register are never merged with each other.
SELECT case_id, person_number, source_id FROM core_case_origin GROUP BY ALL HAVING count(*) > 1
