SELECT
    r.code AS region_code, r.level, r.kind, r.name, r.short_name, r.province_code, r.capital, r.bps_code,
    r.bkn_instansi_code AS bkn_code, r.population::BIGINT AS population, r.area_km2::DOUBLE AS area_km2,
    t.row::INTEGER AS tile_row, t.col::INTEGER AS tile_col, r.source_url
FROM reference.regions r LEFT JOIN reference.tilegrid t ON replace(t.code, '.', '') = r.code
