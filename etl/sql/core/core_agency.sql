-- Published names first; a roster's or a register's spelling adds what the published lists do not have.
WITH spelled AS (
    SELECT coalesce(regency_code, province_code) AS government_code, agency_name AS name, agency_type, url AS source_url, 0 AS origin, 1 AS times
    FROM published.agencies
    UNION ALL
    SELECT government_code, agency_name, NULL, NULL, 1, sum(headcount)::BIGINT FROM staging.workforce GROUP BY ALL
    UNION ALL
    SELECT government_code, agency_name, NULL, NULL, 2, count(*) FROM staging.cases WHERE agency_name IS NOT NULL GROUP BY ALL
),
ranked AS (
    SELECT *, agency_key(government_code, name) AS agency_id, name = upper(name) AS is_shouted,
        row_number() OVER (PARTITION BY agency_key(government_code, name) ORDER BY origin, name = upper(name), times DESC, name) AS place
    FROM spelled
)
SELECT
    agency_id, government_code,
    CASE WHEN is_shouted THEN title_case(name) ELSE name END AS name,
    coalesce(agency_type, agency_type_of(name)) AS agency_type,
    source_url
FROM ranked WHERE place = 1
