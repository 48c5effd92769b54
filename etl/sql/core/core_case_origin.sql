SELECT case_id, person_number, source_id, role FROM staging.member
