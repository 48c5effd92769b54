SELECT level, threshold, cells, with_persons, small, guarding_zeros, guarding, made_from FROM temp.laid_open_protection
