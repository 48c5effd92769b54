SELECT level, place_code, period, measure, state, persons, least, most FROM temp.laid_open_cell
