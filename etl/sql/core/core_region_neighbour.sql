-- Each pair twice, so that a region finds its neighbours in one column.
SELECT region_code, neighbour_code, kind FROM reference.neighbours
UNION ALL
SELECT neighbour_code, region_code, kind FROM reference.neighbours
