-- The counts that readers are told of all Kalimantan and of provinces.
SELECT place_code, period, measure
FROM open_cell
WHERE state = 'published' AND level IN ('kalimantan', 'province')
ORDER BY ALL
