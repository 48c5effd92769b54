-- Lines of people that cannot be used, with the rule that each breaks (process.md section 5.3); the order is the order of explanation.
-- A number is YYYYMMDD of birth, year and month (or 2n) of appointment, sex, serial. Parameters: $as_of; $other_governments.
CREATE OR REPLACE TEMP TABLE refused AS
SELECT place, rule FROM (
    SELECT
        r.rowid AS place,
        CASE
            WHEN number IS NULL THEN nip_text_fault(written, bare_nip(written))
            WHEN number % 1000 = 0 THEN 'nip_truncated'
            WHEN NOT is_day(number // 10000000000) THEN 'nip_birth_date'
            WHEN NOT number // 1000000 % 10000 BETWEEN number // 100000000000000 + 17 AND year($as_of::DATE) THEN 'nip_appointment_year'
            WHEN NOT (number // 10000 % 100 BETWEEN 1 AND 12 OR number // 10000 % 100 BETWEEN 21 AND 29) THEN 'nip_month_code'
            WHEN number // 1000 % 10 NOT IN (1, 2) THEN 'nip_gender_digit'
            WHEN is_simulated AND number >= 193000000000000000 THEN 'simulated_living'
            WHEN NOT is_simulated AND number < 193000000000000000 THEN 'nip_birth_year'
            WHEN list_contains($other_governments::VARCHAR[], work_government::VARCHAR) THEN 'other_government'
            WHEN agency_name IS NULL THEN 'agency_missing'
        END AS rule
    FROM roster r
    JOIN agencies a ON a.agency = r.agency
    JOIN marks m ON m.simulated = r.simulated
    ANTI JOIN odd o ON o.place = r.rowid
) WHERE rule IS NOT NULL
