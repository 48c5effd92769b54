SELECT * FROM temp.laid_open_bodies
