-- Every row of the roster with its reading and, where it cannot be used, the rule that it breaks.
-- Parameters: $as_of date of the snapshot; $other_governments the names in the file that mean another government.
CREATE OR REPLACE TEMP TABLE roster AS
WITH numbered AS MATERIALIZED (
    SELECT
        row_number,
        nip,
        bare_nip(nip) AS digits,
        nullif(trim(agency), '') AS agency_name,
        employment, position_type, "position", rank, gender, birth, standing, home_government, work_government,
        coalesce(simulated, '') AS mark,
        first_cell
    FROM raw
),
-- What few distinct texts mean is read once for each of them.
marks AS (SELECT mark, is_marked_simulated(mark) AS is_simulated FROM (SELECT DISTINCT mark FROM numbered)),
-- CASE and not AND: the expressions on the right are dear and must not be tried on every row.
footers AS (
    SELECT row_number FROM numbered
    WHERE CASE WHEN length(digits) < 9 THEN
        bare(concat_ws(' ', nip, agency_name, employment, "position")) = ''
        OR regexp_matches(bare(concat_ws(' ', first_cell, agency_name)), '^(sub ?)?(jumlah|total)|mengetahui|^catatan')
    ELSE false END
),
repeated AS (SELECT digits, min(row_number) AS first_row FROM numbered GROUP BY digits HAVING count(*) > 1),
people AS MATERIALIZED (
    SELECT
        n.*, m.is_simulated,
        nip_kind(n.digits) AS employment_type,
        nip_fault(nip, n.digits, $as_of::DATE) AS fault,
        n.row_number > r.first_row AS is_repeated
    FROM numbered n
    JOIN marks m USING (mark)
    LEFT JOIN repeated r ON r.digits = n.digits
    ANTI JOIN footers f ON f.row_number = n.row_number
)
SELECT
    * EXCLUDE (mark, first_cell, fault, is_repeated),
    CASE
        WHEN fault IS NOT NULL THEN fault
        WHEN is_simulated AND left(digits, 4) >= '1930' THEN 'simulated_living'
        WHEN NOT is_simulated AND left(digits, 4) < '1930' THEN 'nip_birth_year'
        WHEN list_contains($other_governments, work_government) THEN 'other_government'
        WHEN agency_name IS NULL THEN 'agency_missing'
        WHEN is_repeated THEN 'duplicate_person'
    END AS rule
FROM people;
