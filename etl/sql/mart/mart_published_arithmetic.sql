-- Sums that can be done again with what a source itself states. Only parts of one source, unit and moment are added,
-- and only parts that exclude each other.
WITH outcome AS (
    SELECT url, scope, government_name, election_code, unit, period_end, stage, any_value(figure_id) AS figure_id, any_value(count) AS count
    FROM core_published_figure
    WHERE coalesce(violation_type, 'unknown') = 'unknown' AND coalesce(employment_type, 'mixed') <> 'non_asn'
    GROUP BY ALL HAVING count(*) = 1
), checked AS (
    SELECT 'stated_parts' AS rule, f.figure_id, any_value(f.count) AS stated, sum(p.count::BIGINT) AS computed,
        string_agg(p.part || ' ' || p.count, '; ' ORDER BY p.part) AS parts, any_value(p.url) AS url
    FROM published.stated_parts p JOIN core_published_figure f USING (figure_id) GROUP BY f.figure_id
    UNION ALL
    SELECT 'outcomes', w.figure_id, any_value(w.count), sum(p.count), string_agg(p.figure_id || ' ' || p.count, '; ' ORDER BY p.figure_id), w.url
    FROM outcome w JOIN outcome p USING (url, scope, government_name, election_code, unit)
    WHERE w.stage = 'reported' AND p.stage IN ('forwarded', 'not_proven', 'dropped') AND p.period_end IS NOT DISTINCT FROM w.period_end
    GROUP BY w.figure_id, w.url HAVING count(*) > 1
    UNION ALL
    SELECT 'later_stage', w.figure_id, w.count, p.count, p.figure_id || ' ' || p.count, w.url
    FROM outcome w JOIN outcome p USING (url, scope, government_name, election_code, unit)
    WHERE p.period_end IS NOT DISTINCT FROM w.period_end AND (
        (w.stage = 'reported' AND p.stage IN ('recommended', 'proven'))
        OR (w.stage IN ('recommended', 'proven') AND p.stage IN ('sanctioned', 'followed_up')))
    UNION ALL
    SELECT 'regional_parts', w.figure_id, any_value(w.count), sum(p.count), string_agg(p.figure_id || ' ' || p.count, '; ' ORDER BY p.figure_id), w.url
    FROM core_published_figure w
    JOIN core_published_overlap o ON o.figure_id = w.figure_id
    JOIN core_published_figure p ON p.figure_id = o.other_figure_id AND p.url = w.url AND p.election_code = w.election_code
        AND p.stage = w.stage AND p.unit = w.unit AND p.period_end IS NOT DISTINCT FROM w.period_end
    WHERE (w.scope = 'national' AND p.scope = 'province' AND p.government_name LIKE '%(seluruh wilayah)')
        OR (w.government_name LIKE '%(seluruh wilayah)' AND (p.scope = 'regency' OR p.government_name LIKE 'Pemerintah Provinsi%'))
    GROUP BY w.figure_id, w.url
    UNION ALL
    SELECT 'pns_and_pppk', figure_id, asn_total, pns + pppk, 'PNS ' || pns || '; PPPK ' || pppk, url
    FROM core_published_workforce WHERE asn_total IS NOT NULL AND pns IS NOT NULL AND pppk IS NOT NULL
    UNION ALL
    SELECT 'workforce_parts', w.figure_id, any_value(coalesce(w.asn_total, w.pns)), sum(coalesce(p.asn_total, p.pns)),
        string_agg(p.breakdown_value || ' ' || coalesce(p.asn_total, p.pns), '; ' ORDER BY p.breakdown_value), w.url
    FROM core_published_workforce w
    JOIN core_published_workforce p ON p.url = w.url AND p.as_of = w.as_of AND p.government_name = w.government_name
        AND p.agency_name IS NOT DISTINCT FROM w.agency_name AND p.scope = w.scope AND p.breakdown <> 'none'
        AND (p.asn_total IS NULL) = (w.asn_total IS NULL) AND coalesce(p.asn_total, p.pns) IS NOT NULL
    WHERE w.breakdown = 'none' GROUP BY w.figure_id, w.url, p.breakdown
)
SELECT
    row_number() OVER (ORDER BY rule, figure_id, parts) AS check_id, rule, figure_id, stated, computed::BIGINT AS computed, parts,
    computed::BIGINT - stated AS difference,
    CASE
        WHEN computed = stated OR (rule IN ('outcomes', 'later_stage') AND computed < stated) THEN 'holds'
        -- A list of regions or groups need not be complete; more than the whole is impossible.
        WHEN rule IN ('regional_parts', 'workforce_parts') AND computed < stated THEN 'incomplete'
        ELSE 'broken'
    END AS verdict,
    url
FROM checked
