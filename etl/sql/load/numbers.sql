-- Pairs of an old and a new number, with the rule that a pair breaks.
CREATE OR REPLACE TEMP TABLE numbers AS
WITH bared AS (SELECT *, bare_nip(old_number) AS old_digits, bare_nip(new_number) AS new_digits FROM raw)
SELECT
    *,
    CASE
        WHEN nip_fault(old_number, old_digits, current_date) IS NOT NULL THEN 'number_old'
        WHEN nip_fault(new_number, new_digits, current_date) IS NOT NULL THEN 'number_new'
        WHEN old_digits = new_digits THEN 'number_same'
    END AS rule
FROM bared WHERE old_digits <> '' OR new_digits <> ''
