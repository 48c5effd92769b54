-- Every decision of the histories of discipline that are loaded stands once, and none that is not.
SELECT (SELECT count(*) FROM core_discipline) AS found, (SELECT count(*) FROM (SELECT DISTINCT person, decided_on, sanction_code FROM staging.discipline WHERE is_sanction)) AS expected
WHERE found <> expected
