-- Cases by month, in governments that then stand in the window of an election in which they vote, and in the others. A government
-- counts in months whose middle lies within 18 months of one of its rosters; a case with several of its persons counts once.
WITH month AS (
    SELECT
        unnest(generate_series(date_trunc('month', min(event_on)), date_trunc('month', max(event_on)), INTERVAL 1 MONTH))::DATE AS first_on
    FROM mart_case
),
vote AS (
    SELECT election_code, region_code AS government_code FROM core_election_region
    UNION
    SELECT v.election_code, g.government_code
    FROM core_election_region v JOIN core_region r USING (region_code)
    JOIN core_government g ON g.level = 'province' AND g.province_code = r.province_code
),
roster AS (SELECT government_code, as_of, sum(headcount) AS heads FROM mart_workforce GROUP BY ALL),
-- Staff in the middle of a month lies on a straight line between the rosters around it.
around AS (
    SELECT
        r.government_code, m.first_on,
        min(abs(date_diff('day', m.first_on + 14, r.as_of))) AS days,
        arg_max(r.heads, r.as_of) FILTER (r.as_of <= m.first_on + 14) AS before,
        arg_min(r.heads, r.as_of) FILTER (r.as_of > m.first_on + 14) AS after,
        max(r.as_of) FILTER (r.as_of <= m.first_on + 14) AS before_on
    FROM roster r, month m GROUP BY ALL
),
standing AS (
    SELECT
        a.government_code, 12 * year(a.first_on) + month(a.first_on) - 1 AS month,
        EXISTS (
            SELECT 1 FROM vote v JOIN core_election e USING (election_code)
            WHERE v.government_code = a.government_code AND a.first_on + 14 BETWEEN e.window_start_on AND e.window_end_on
        ) AS in_window
    FROM around a
    WHERE a.days <= 548 AND (coalesce(a.before, 0) > 0 OR (coalesce(a.after, 0) > 0 AND a.before_on IS DISTINCT FROM a.first_on + 14))
),
seen AS (
    SELECT
        government_code, 12 * year(event_on) + month(event_on) - 1 AS month,
        count(DISTINCT case_id) AS cases, bool_or(is_simulated) AS is_simulated
    FROM mart_case GROUP BY ALL
)
SELECT month::INTEGER AS month, in_window, sum(cases)::BIGINT AS cases, bool_or(is_simulated) AS is_simulated
FROM standing JOIN seen USING (government_code, month)
GROUP BY ALL
