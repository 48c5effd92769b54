SELECT * FROM temp.laid_open_wait_step
