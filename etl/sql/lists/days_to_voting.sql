-- Persons of all Kalimantan by election, phase and day.
SELECT election_code, phase, event_on, count(*) AS persons
FROM mart_case
GROUP BY ALL
ORDER BY ALL
