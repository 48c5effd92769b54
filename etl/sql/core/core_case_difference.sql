SELECT case_id, person_number, column_name, source_id, value, other_source_id, other_value FROM staging.difference
