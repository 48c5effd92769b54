SELECT level, threshold, cells, few, withheld FROM temp.laid_open_protection
