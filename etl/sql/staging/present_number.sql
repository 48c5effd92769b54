-- Every old number with the last one that took its place; a chain that leads back to itself has no last one and is left out.
WITH RECURSIVE chain AS (
    SELECT person, person_now, 1 AS steps FROM staging.numbers
    UNION ALL
    SELECT c.person, n.person_now, c.steps + 1 FROM chain c JOIN staging.numbers n ON n.person = c.person_now WHERE c.steps < 20
)
SELECT person, min(person_now) AS person_now FROM chain
WHERE person_now NOT IN (SELECT person FROM staging.numbers)
GROUP BY person
