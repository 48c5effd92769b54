-- The warehouse counts as many active persons as the card of the file does.
WITH counted AS (
    SELECT
        source_id,
        coalesce(sum(headcount) FILTER (WHERE employment_type = 'PNS'), 0) AS pns,
        coalesce(sum(headcount) FILTER (WHERE employment_type = 'PPPK'), 0) AS pppk
    FROM core_workforce GROUP BY source_id
)
SELECT s.source_id, s.pns_active, s.pppk_active FROM core_source s
LEFT JOIN counted c ON c.source_id = s.source_id
WHERE s.kind = 'roster' AND (s.pns_active <> coalesce(c.pns, 0) OR s.pppk_active <> coalesce(c.pppk, 0))
