-- What readers know of the persons of all Kalimantan by election, by phase and by category; nothing told is as far as a million.
SELECT period, measure, least, coalesce(most, 1000000) AS most
FROM open_cell
WHERE level = 'kalimantan' AND regexp_matches(measure, '^(persons|(phase|category)=[a-z_]+)$')
ORDER BY ALL
