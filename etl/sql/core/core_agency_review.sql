SELECT government_code, agency_name, source_id, reason, persons, nearest_name, score FROM staging.agency_review
