-- Which case and person every row of a register belongs to. Rows that are certainly alike become one person of one case, led by
-- the supervisor's row, else by that of the first source; the case keeps the number of its leader.
WITH RECURSIVE linked AS (
    SELECT entry_a AS entry, entry_b AS other FROM staging.likeness WHERE is_certain
    UNION ALL
    SELECT entry_b, entry_a FROM staging.likeness WHERE is_certain
),
reached AS (
    SELECT entry, entry AS other FROM staging.entry
    UNION
    SELECT r.entry, l.other FROM reached r JOIN linked l ON l.entry = r.other
),
tied AS (SELECT entry, min(other) AS knot FROM reached GROUP BY entry),
-- A knot with two rows of one register, two persons or two numbers of the supervisor is a contradiction and is undone.
sound AS (
    SELECT knot FROM tied JOIN staging.entry e USING (entry) GROUP BY knot
    HAVING count(*) = count(DISTINCT e.source_id) AND count(DISTINCT e.person) <= 1 AND count(DISTINCT e.supervisor_key) <= 1
),
settled AS (
    SELECT e.*, CASE WHEN s.knot IS NULL THEN t.entry ELSE t.knot END AS knot
    FROM staging.entry e JOIN tied t USING (entry) LEFT JOIN sound s ON s.knot = t.knot
),
led AS (
    SELECT
        *,
        first_value(entry) OVER in_knot AS leader,
        first_value(case_file) OVER in_knot AS leader_file,
        first_value(supervisor_first) OVER in_knot AS leader_first,
        first_value(row_number) OVER in_knot AS leader_row
    FROM settled WINDOW in_knot AS (PARTITION BY knot ORDER BY supervisor_first)
),
-- Several persons in one case: where a case file's merged rows all went to one other file, it is that file's case as a whole.
moved AS (
    SELECT case_file, min(leader_file) AS other_file FROM led WHERE leader_file <> case_file
    GROUP BY case_file HAVING count(DISTINCT leader_file) = 1
),
followed AS (
    SELECT DISTINCT case_file, case_file AS home FROM staging.entry
    UNION
    SELECT f.case_file, m.other_file FROM followed f JOIN moved m ON m.case_file = f.home
),
homes AS (
    SELECT f.case_file, 'K' || left(sha256(replace(f.home, '/', '')), 12) AS case_id
    FROM followed f ANTI JOIN moved m ON m.case_file = f.home
),
-- Candidates that were not merged, and that no other row of that register explains.
doubtful AS (
    SELECT DISTINCT unnest([l.entry_a, l.entry_b]) AS entry
    FROM staging.likeness l
    JOIN settled a ON a.entry = l.entry_a
    JOIN settled b ON b.entry = l.entry_b
    WHERE a.knot <> b.knot
        AND NOT EXISTS (SELECT 1 FROM settled x WHERE x.knot = a.knot AND x.source_id = l.source_b)
        AND NOT EXISTS (SELECT 1 FROM settled x WHERE x.knot = b.knot AND x.source_id = l.source_a)
)
SELECT
    led.entry, led.source_id, led.row_number, led.role, homes.case_id,
    dense_rank() OVER (PARTITION BY homes.case_id ORDER BY leader_first, leader_row)::INTEGER AS person_number,
    led.entry = led.leader AS is_leader,
    d.entry IS NOT NULL AS is_doubtful
FROM led
JOIN homes ON homes.case_file = led.leader_file
LEFT JOIN doubtful d ON d.entry = led.entry
