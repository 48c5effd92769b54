-- Every row of a history of discipline with its reading and, where it cannot be used, the rule that it breaks.
-- The table `meanings` (field, written, code) holds what the written cells mean.
CREATE OR REPLACE TEMP TABLE discipline AS
WITH read_rows AS (
    SELECT
        raw.*,
        bare_nip(nip) AS digits,
        nip_fault(nip, bare_nip(nip), $as_of::DATE) AS fault,
        is_marked_simulated(simulated) AS is_simulated,
        -- SIASN's id is a long one of digits and letters; a serial number or a person's number identifies no record.
        CASE WHEN length(trim(record_id)) >= 8 AND regexp_matches(record_id, '[A-Za-z]') THEN upper(trim(record_id)) END AS record,
        concat_ws(' ', nullif(trim(government_number), ''), nullif(trim(government), '')) AS government_text,
        written_date(decided) AS decided_on, written_date(started) AS started_on,
        written_date(ended) AS ended_on, written_date(annulled) AS annulled_on,
        bare(concat_ws(' ', sanction_id, sanction)) AS sanction_text
    FROM raw
),
judged AS (
    SELECT
        r.*,
        m.code AS government_code,
        row_number() OVER (PARTITION BY coalesce(record, 'row ' || row_number) ORDER BY row_number) AS record_turn,
        row_number() OVER (PARTITION BY digits, decided_on, sanction_text ORDER BY row_number) AS decision_turn,
        len(list_filter([(decided, decided_on), (started, started_on), (ended, ended_on), (annulled, annulled_on)],
            lambda pair: trim(coalesce(pair[1], '')) NOT IN ('', '-') AND pair[2] IS NULL)) AS unread_dates
    FROM read_rows r
    LEFT JOIN meanings m ON m.field = 'government' AND m.written = r.government_text
    -- A row without a number, a date and a sanction is a title, a total or a signature.
    WHERE bare(concat_ws(' ', nip, decided, sanction_text)) <> ''
        AND NOT (digits = '' AND regexp_matches(bare(concat_ws(' ', first_cell, decided, sanction)), '^(sub ?)?(jumlah|total)\b|mengetahui'))
)
SELECT
    *,
    CASE
        WHEN fault IS NOT NULL THEN fault
        WHEN is_simulated AND left(digits, 4)::INTEGER >= 1930 THEN 'simulated_living'
        WHEN NOT is_simulated AND left(digits, 4)::INTEGER < 1930 THEN 'nip_birth_year'
        WHEN government_text <> '' AND government_code IS NULL THEN 'government_unknown'
        WHEN unread_dates > 0 THEN 'date_impossible'
        WHEN decided_on IS NULL THEN 'decision_missing'
        WHEN sanction_text = '' THEN 'sanction_missing'
        -- Annulled, but nobody knows when: neither a sanction nor one that can be placed.
        WHEN annulled_on IS NULL AND bare(annulment_number) NOT IN ('', '0') THEN 'annulment_undated'
        WHEN record_turn > 1 OR decision_turn > 1 THEN 'duplicate_record'
    END AS rule
FROM judged;
