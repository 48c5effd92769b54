-- The warehouse counts as many active persons as the card of the file does.
SELECT s.source_id, s.pns_active, s.pppk_active FROM core_source s
WHERE s.kind = 'roster' AND (
    s.pns_active <> (SELECT coalesce(sum(headcount), 0) FROM core_workforce w WHERE w.source_id = s.source_id AND w.employment_type = 'PNS')
    OR s.pppk_active <> (SELECT coalesce(sum(headcount), 0) FROM core_workforce w WHERE w.source_id = s.source_id AND w.employment_type = 'PPPK'))
