-- The phases of general and regional elections, as open_cell tells them; not of those with a few persons alone.
SELECT c.period AS election_code, split_part(c.measure, '=', 2) AS phase, c.state, c.least, least(coalesce(c.most, whole.most), whole.most) AS most
FROM open_cell c
JOIN open_cell whole
    ON whole.level = c.level AND whole.period = c.period AND whole.measure = 'persons' AND whole.state <> 'few' AND whole.most IS NOT NULL
WHERE c.level = 'kalimantan' AND regexp_matches(c.measure, '^phase=[a-z_]+$')
