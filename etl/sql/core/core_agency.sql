-- Published names first, then those of a decision; a roster's or a register's spelling adds what neither has.
-- A renamed agency stays one of its own until the day before it is followed; lineage_id is what it has become by now.
WITH spelled AS (
    SELECT n.government_code, n.name, p.agency_type, p.url AS source_url, CASE WHEN n.name = n.written THEN 0 ELSE 1 END AS origin, 1 AS times
    FROM published.agencies p
    JOIN staging.agency_name n
        ON n.government_code = coalesce(p.regency_code, p.province_code) AND n.written = p.agency_name AND n.valid_from = DATE '0001-01-01'
    UNION ALL
    SELECT government_code, former, NULL, NULL, 2, 1 FROM staging.agency_link
    UNION ALL
    SELECT government_code, successor, NULL, NULL, 2, 1 FROM staging.agency_link
    UNION ALL
    SELECT s.government_code, n.name, NULL, NULL, CASE WHEN n.name <> n.written THEN 2 WHEN s.kind = 'roster' THEN 3 ELSE 4 END, sum(s.persons)::BIGINT
    FROM staging.agency_seen s
    JOIN staging.agency_name n
        ON n.government_code = s.government_code AND n.written = s.written AND s.seen_on BETWEEN n.valid_from AND n.valid_to
    WHERE s.kind = 'roster' OR n.is_named
    GROUP BY ALL
),
ranked AS (
    SELECT *, agency_key(government_code, name) AS agency_id, name = upper(name) AS is_shouted,
        row_number() OVER (PARTITION BY agency_key(government_code, name) ORDER BY origin, name = upper(name), times DESC, name, source_url) AS place
    FROM spelled
)
SELECT
    agency_id, r.government_code,
    CASE WHEN is_shouted THEN title_case(name) ELSE name END AS name,
    coalesce(agency_type, agency_type_of(name)) AS agency_type,
    source_url,
    agency_key(l.government_code, l.successor) AS successor_id,
    l.valid_until,
    coalesce(agency_key(l.government_code, l.lineage), agency_id) AS lineage_id
FROM ranked r
LEFT JOIN staging.agency_link l ON agency_key(l.government_code, l.former) = r.agency_id
WHERE place = 1
