-- Lines that are loaded although a column disagrees with the number, a line per doubt, and lines that repeat a person.
CREATE OR REPLACE TEMP TABLE warned AS
SELECT place, rule, number, employment, gender, birth, agency
FROM (UNPIVOT doubtful_lines ON employment_disagrees, gender_disagrees, birth_disagrees, birth_unreadable, agency_is_person INTO NAME rule VALUE is_so)
WHERE is_so
UNION ALL BY NAME
SELECT place, 'duplicate_person' AS rule, number FROM repeated_lines
