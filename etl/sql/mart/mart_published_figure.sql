-- A published figure as it can be compared: what it is about, and the last day that its count may cover.
WITH dated AS (
    SELECT *, last_day_of(period_end) AS cut_off, last_day_of(published_date) AS published_on FROM core_published_figure
)
SELECT
    figure_id, scope,
    CASE
        WHEN scope = 'province' THEN CASE WHEN government_name LIKE 'Pemerintah Provinsi%' THEN 'government' ELSE 'area' END
        ELSE scope
    END AS area_kind,
    coalesce(regency_code, province_code) AS area_code,
    government_name AS area_name, election_code, stage, unit, count,
    coalesce(cut_off, published_on) AS known_on,
    CASE WHEN cut_off IS NOT NULL THEN 'cut_off' WHEN published_on IS NOT NULL THEN 'publication' ELSE 'none' END AS known_by,
    period_start, publisher, is_cumulative,
    concat_ws('|',
        nullif(violation_type, 'unknown'), sanction_severity, position_group, CASE WHEN employment_type IN ('PNS', 'PPPK') THEN employment_type END
    ) AS part,
    coalesce(employment_type = 'non_asn', false) AS is_non_asn,
    coalesce(violation_type = 'support_list', false) AS is_support_list
FROM dated
