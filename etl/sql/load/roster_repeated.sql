-- Further lines of a person who already stands above in the file: read, listed, and counted once.
CREATE OR REPLACE TEMP TABLE repeated AS
WITH usable AS (SELECT number, rowid AS place FROM roster r WHERE number IS NOT NULL AND NOT EXISTS (SELECT 1 FROM refused f WHERE f.place = r.rowid)),
more_than_once AS (SELECT number, min(place) AS first_place FROM usable GROUP BY number HAVING count(*) > 1)
SELECT place, first_place FROM usable JOIN more_than_once USING (number) WHERE place > first_place
