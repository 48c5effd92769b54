SELECT * FROM temp.laid_open_clock_step
