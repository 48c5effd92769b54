-- SIASN files moral sanctions under its light level: the severity is that of our catalogue, never the file's.
SELECT
    r.record_id, r.government_code, r.decided_on, r.sanction_code, s.severity, r.is_neutrality, r.annulled_on IS NOT NULL AS is_annulled,
    m.case_id, m.person_number, r.is_simulated, r.source_id
FROM staging.discipline_record r
LEFT JOIN core_sanction s ON s.sanction_code = r.sanction_code
LEFT JOIN staging.sanction_match m ON m.record_id = r.record_id
