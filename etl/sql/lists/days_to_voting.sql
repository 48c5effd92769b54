-- Persons of all Kalimantan by election, phase, category and day.
SELECT election_code, phase, category, event_on, count(*) AS persons
FROM mart_case
GROUP BY ALL
ORDER BY ALL
