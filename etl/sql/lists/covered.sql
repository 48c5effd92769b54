-- Governments and periods with a usable roster: one within 548 days (18 months) of the days that count. The same rule as that of the rates
-- (metrics/scope.py), from what everybody may know: $elections have cases, $first is the first day of the year of the first
-- event, $as_of the last day of the data.
WITH dated AS (
    SELECT election_code, window_start_on AS start_on, least(window_end_on, $as_of) AS end_on FROM core_election WHERE list_contains($elections, election_code)
),
-- A province's own staff is bound where any of its regencies votes.
bound AS (
    SELECT DISTINCT r.election_code, g.government_code
    FROM core_election_region r
    JOIN core_region h USING (region_code)
    JOIN core_government g ON g.government_code = r.region_code OR (g.level = 'province' AND g.government_code = h.province_code)
),
days AS (
    SELECT government_code, election_code AS period, start_on, end_on FROM bound JOIN dated USING (election_code)
    UNION ALL
    SELECT government_code, 'whole', least($first, (SELECT min(start_on) FROM dated)), $as_of FROM core_government
)
SELECT DISTINCT d.government_code, d.period
FROM days d
JOIN mart_workforce w ON w.government_code = d.government_code
WHERE d.start_on <= d.end_on AND w.as_of BETWEEN d.start_on - 548 AND d.end_on + 548
ORDER BY ALL
