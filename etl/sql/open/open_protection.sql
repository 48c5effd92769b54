SELECT level, threshold, cells, few, withheld, made_from FROM temp.laid_open_protection
