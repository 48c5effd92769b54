-- What the card of a roster says: rows, active persons, and where the columns disagree with the number.
WITH stated AS (
    SELECT employment, employment_type, gender, substr(digits, 15, 1) AS digit, count(*) AS n
    FROM roster WHERE rule IS NULL GROUP BY ALL
)
SELECT
    (SELECT count(*) FROM raw) AS rows_in_file,
    (SELECT count(*) FROM roster) AS rows_read,
    (SELECT count(*) FROM people) AS rows_loaded,
    (SELECT count(*) FROM people WHERE is_active AND employment_type = 'PNS') AS pns_active,
    (SELECT count(*) FROM people WHERE is_active AND employment_type = 'PPPK') AS pppk_active,
    (SELECT coalesce(bool_or(is_simulated), false) FROM people) AS is_simulated,
    (SELECT coalesce(sum(n), 0)::BIGINT FROM stated WHERE stated_employment(employment) <> employment_type) AS employment_disagrees,
    (SELECT coalesce(sum(n), 0)::BIGINT FROM stated
     WHERE gender_of(gender, '') NOT IN ('unknown', gender_of('', repeat(digit, 15)))) AS gender_disagrees,
    -- Read as a date only where the digits are not the number's own, in either order.
    (SELECT count(*) FROM roster
     WHERE rule IS NULL
       AND regexp_replace(coalesce(birth, ''), '\D', '', 'g') NOT IN ('', left(digits, 8), substr(digits, 7, 2) || substr(digits, 5, 2) || left(digits, 4))
       AND written_date(birth) <> nip_birth(digits)) AS birth_disagrees
