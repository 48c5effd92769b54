-- Every row of a list of preventive activities with its reading and, where it cannot be used, the rule that it breaks.
-- The table `meanings` (field, written, code) holds what the written cells mean. Parameter: $today, since a plan is no activity.
CREATE OR REPLACE TEMP TABLE prevention AS
WITH read_rows AS (
    SELECT
        raw.*,
        is_marked_simulated(simulated) AS is_simulated,
        written_date(held) AS held_on,
        concat_ws(' ', nullif(trim(government_number), ''), nullif(trim(government), '')) AS government_text,
        number_key(letter_number) AS letter_key
    FROM raw
),
meant AS (
    SELECT
        r.*,
        g.code AS government_code, s.code IS NOT NULL AS is_several, k.code AS kind_code,
        p.code::BIGINT AS participants_count, q.code::BIGINT AS signatures_count,
        -- Who was invited and where tell two activities of one day apart; neither is kept.
        bare(concat_ws(' | ', g.code, k.code, held_on, issuer, audience, letter_number, participants, signatures, url)) AS line
    FROM read_rows r
    LEFT JOIN meanings g ON g.field = 'government' AND g.written = r.government_text
    LEFT JOIN meanings s ON s.field = 'several' AND s.written = r.government_text
    LEFT JOIN meanings k ON k.field = 'kind' AND k.written = r.kind
    LEFT JOIN meanings p ON p.field = 'count' AND p.written = r.participants
    LEFT JOIN meanings q ON q.field = 'count' AND q.written = r.signatures
    -- A row with a government alone is a heading, one with a count alone a total, one with an office alone a signature.
    WHERE bare(concat_ws(' ', held, kind, letter_number)) <> ''
        AND NOT (held_on IS NULL AND regexp_matches(bare(concat_ws(' ', first_cell, held, kind)), '^(sub ?|grand ?)?(jumlah|total)\b|^rekap|mengetahui'))
),
judged AS (
    SELECT
        *,
        CASE
            WHEN is_several THEN 'government_several'
            WHEN government_text = '' THEN 'government_missing'
            WHEN government_code IS NULL THEN 'government_unknown'
            WHEN kind_code = 'several' THEN 'kind_several'
            WHEN kind_code IS NULL THEN 'kind_unknown'
            WHEN bare(held) = '' THEN 'activity_undated'
            WHEN held_on IS NULL OR held_on < DATE '2000-01-01' THEN 'activity_date_impossible'
            WHEN held_on > $today::DATE THEN 'activity_in_future'
            WHEN trim(coalesce(participants, '')) <> '' AND participants_count IS NULL THEN 'participants_unusable'
            WHEN trim(coalesce(signatures, '')) <> '' AND signatures_count IS NULL THEN 'signatures_unusable'
        END AS fault
    FROM meant
)
SELECT
    *,
    CASE
        WHEN fault IS NOT NULL THEN fault
        WHEN row_number() OVER (PARTITION BY fault IS NULL, line ORDER BY row_number) > 1 THEN 'duplicate_activity'
        WHEN letter_key IS NOT NULL
            AND row_number() OVER (PARTITION BY fault IS NULL, government_code, kind_code, held_on, letter_key ORDER BY row_number) > 1 THEN 'duplicate_activity'
    END AS rule
FROM judged;
