-- Every pair of figures of one election, area and stage. The first is the one known earlier; nothing is added up.
-- Why two figures differ is read from their columns; where no column tells, all reasons are false.
WITH pair AS (
    SELECT
        a.*, b.figure_id AS other_figure_id, b.unit AS other_unit, b.count AS other_count, b.known_on AS other_known_on,
        a.unit <> b.unit AS differs_unit,
        a.publisher <> b.publisher AS differs_publisher,
        a.known_by = 'cut_off' AND b.known_by = 'cut_off' AND a.known_on <> b.known_on AS differs_cut_off,
        a.known_by <> 'cut_off' OR b.known_by <> 'cut_off' AS lacks_cut_off,
        coalesce(a.period_start <> b.period_start, false) AS differs_period,
        a.is_non_asn <> b.is_non_asn AS counts_non_asn,
        a.is_support_list <> b.is_support_list AS counts_support_list,
        a.part <> b.part AS differs_part,
        NOT (a.is_cumulative AND b.is_cumulative) AS single_event,
        NOT a.is_cumulative AND NOT b.is_cumulative AND o.figure_id IS NULL AS is_separate,
        o.figure_id IS NOT NULL AS is_overlap
    FROM mart_published_figure a
    JOIN mart_published_figure b
        ON b.election_code = a.election_code AND b.stage = a.stage AND b.area_kind = a.area_kind
        AND b.area_code IS NOT DISTINCT FROM a.area_code
        AND (coalesce(a.known_on, '9999-12-31'), a.figure_id) < (coalesce(b.known_on, '9999-12-31'), b.figure_id)
    LEFT JOIN core_published_overlap o ON o.figure_id = a.figure_id AND o.other_figure_id = b.figure_id
), related AS (
    SELECT *,
        CASE
            WHEN is_separate THEN 'separate'
            WHEN differs_unit OR counts_non_asn OR counts_support_list OR differs_part OR (single_event AND NOT is_overlap) THEN 'not_comparable'
            WHEN count = other_count THEN 'agree'
            WHEN differs_cut_off AND NOT differs_period THEN CASE WHEN other_count > count THEN 'grew' ELSE 'fell' END
            ELSE 'differ'
        END AS relation
    FROM pair
)
SELECT *,
    CASE WHEN relation IN ('agree', 'grew', 'fell', 'differ') THEN other_count - count END AS difference,
    CASE WHEN relation IN ('agree', 'grew', 'fell', 'differ') AND count > 0 THEN (other_count - count)::DOUBLE / count END AS relative_difference
FROM related
