SELECT level, place_code, period, measure, state, persons FROM temp.laid_open_cell
