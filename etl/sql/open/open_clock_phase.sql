-- The phases of general and regional elections whose number of persons is published, as open_cell tells them.
SELECT c.period AS election_code, split_part(c.measure, '=', 2) AS phase, c.state, c.least, least(coalesce(c.most, whole.persons), whole.persons) AS most
FROM open_cell c
JOIN open_cell whole
    ON whole.level = c.level AND whole.period = c.period AND whole.measure = 'persons' AND whole.state = 'published'
WHERE c.level = 'kalimantan' AND regexp_matches(c.measure, '^phase=[a-z_]+$')
