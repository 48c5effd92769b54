-- The mart holds every case of a civil servant once.
SELECT (SELECT count(*) FROM mart_case) AS in_mart, (SELECT count(*) FROM core_case WHERE employment_type <> 'non_asn') AS in_core
WHERE in_mart <> in_core
