-- Agencies as they are now, with their government, and one of each government for whoever's agency is not known.
SELECT DISTINCT a.agency_id, a.government_code FROM core_agency a WHERE a.agency_id IN (SELECT lineage_id FROM core_agency)
UNION ALL
SELECT government_code || '-unknown', government_code FROM core_government
ORDER BY 2, 1
