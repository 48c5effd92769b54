-- Which of the governments has a published figure for which election. `own` concerns the government's area (a regency or
-- city) or its own staff (a provincial government); `area` is a figure on everyone inside a province.
WITH vote AS (SELECT DISTINCT election_code, region_code FROM core_election_region),
told AS (
    SELECT
        area_code, election_code,
        count(*) FILTER (area_kind <> 'area') AS own_figures,
        count(*) FILTER (area_kind <> 'area' AND count > 0 AND NOT is_non_asn AND NOT is_support_list) AS own_above_zero,
        count(*) FILTER (area_kind = 'area') AS area_figures
    FROM mart_published_figure WHERE area_code IS NOT NULL GROUP BY ALL
)
SELECT
    g.government_code, e.election_code, v.region_code IS NOT NULL AS voted, coalesce(t.own_figures, 0) AS own_figures,
    coalesce(t.own_above_zero, 0) AS own_above_zero, coalesce(t.area_figures, 0) AS area_figures
FROM core_government g
CROSS JOIN core_election e
LEFT JOIN vote v ON v.election_code = e.election_code AND v.region_code = g.government_code
LEFT JOIN told t ON t.election_code = e.election_code AND t.area_code = g.government_code
WHERE v.region_code IS NOT NULL OR t.area_code IS NOT NULL
