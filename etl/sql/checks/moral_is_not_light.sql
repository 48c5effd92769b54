-- The severity of a decision is the catalogue's: moral sanctions that SIASN files as light stay moral.
SELECT d.record_id, d.severity, s.severity AS of_catalogue FROM core_discipline d JOIN core_sanction s USING (sanction_code)
WHERE d.severity IS DISTINCT FROM s.severity
