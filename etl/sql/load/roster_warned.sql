-- Lines that are loaded although a column disagrees with the number, and lines that repeat a person.
CREATE OR REPLACE TEMP TABLE warned AS
WITH set_aside AS MATERIALIZED (SELECT place FROM odd UNION ALL SELECT place FROM refused UNION ALL SELECT place FROM repeated)
SELECT place, 'duplicate_person' AS rule FROM repeated
UNION ALL
SELECT r.rowid, 'employment_disagrees' FROM roster r JOIN employments e ON e.employment = r.employment
ANTI JOIN set_aside x ON x.place = r.rowid WHERE e.stated <> employment_of(number)
UNION ALL
SELECT r.rowid, 'gender_disagrees' FROM roster r JOIN genders g ON g.gender = r.gender
ANTI JOIN set_aside x ON x.place = r.rowid WHERE g.stated <> 'unknown' AND g.stated <> CASE number // 1000 % 10 WHEN 1 THEN 'male' ELSE 'female' END
UNION ALL
SELECT r.rowid, CASE WHEN b.day IS NULL THEN 'birth_unreadable' ELSE 'birth_disagrees' END FROM roster r JOIN births b ON b.birth = r.birth
ANTI JOIN set_aside x ON x.place = r.rowid WHERE b.day IS DISTINCT FROM number // 10000000000
UNION ALL
SELECT r.rowid, 'agency_is_person' FROM roster r JOIN agencies a ON a.agency = r.agency
ANTI JOIN set_aside x ON x.place = r.rowid WHERE a.is_person
