-- What the card of a roster says, a line per number.
SELECT 'rows_in_file' AS name, count(*) AS n FROM roster
UNION ALL SELECT 'rows_skipped', count(*) FROM odd
UNION ALL SELECT 'rows_rejected', count(*) FROM refused
UNION ALL SELECT 'rows_repeated', count(*) FROM repeated
UNION ALL SELECT 'persons', count(*) FROM persons
UNION ALL SELECT 'pns_active', count(*) FROM persons WHERE is_active AND employment_type = 'PNS'
UNION ALL SELECT 'pppk_active', count(*) FROM persons WHERE is_active AND employment_type = 'PPPK'
UNION ALL SELECT 'simulated', count(*) FROM persons WHERE is_simulated
UNION ALL SELECT 'warning ' || rule, count(*) FROM warned GROUP BY rule
UNION ALL SELECT 'skipped ' || kind, count(*) FROM odd GROUP BY kind
