-- Every row of the register with its reading and, where it cannot be used, the rule that it breaks.
-- The table `meanings` (field, written, code) holds what the written cells mean. A code in a column of its own stands before the name.
CREATE OR REPLACE TEMP TABLE cases AS
WITH read_rows AS (
    SELECT
        raw.*,
        bare_nip(nip) AS digits,
        nip_fault(nip, bare_nip(nip), $as_of::DATE) AS fault,
        is_marked_simulated(simulated) AS is_simulated,
        plain_number(coalesce(nullif(trim(register_number), ''), bawaslu_number)) AS register,
        concat_ws(' ', nullif(trim(government_number), ''), nullif(trim(government), '')) AS government_text,
        concat_ws(' ', nullif(trim(place_number), ''), nullif(trim(place), '')) AS place_text,
        written_date(occurred) AS occurred_on,
        written_date(reported) AS reported_on,
        written_date(registered) AS registered_on,
        bare(concat_ws(' ', register_number, bawaslu_number, nip, government_number, government, occurred, reported)) AS line
    FROM raw
),
dated AS (
    SELECT
        r.*,
        written_date(forwarded) AS forwarded_on, written_date(recommended) AS recommended_on,
        written_date(decided) AS ppk_decided_on, written_date(delivered) AS delivered_on,
        written_date(effective) AS effective_on, written_date(appealed) AS appealed_on,
        written_date(annulled) AS annulled_on, written_date(blocked) AS blocked_on,
        written_date(unblocked) AS unblocked_on,
        m.code AS government_code
    FROM read_rows r
    LEFT JOIN meanings m ON m.field = 'government' AND m.written = r.government_text
    WHERE line <> '' AND NOT (government_text = '' AND regexp_matches(bare(concat_ws(' ', first_cell, line)), '^(sub ?)?(jumlah|total)\b|mengetahui'))
        AND NOT (government_text = '' AND register IS NULL AND digits = '')
),
judged AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY coalesce(register, 'row ' || row_number), coalesce(nullif(digits, ''), 'row ' || row_number) ORDER BY row_number) AS occurrence,
        len(list_filter(
            [(occurred, occurred_on), (reported, reported_on), (registered, registered_on), (forwarded, forwarded_on),
             (recommended, recommended_on), (decided, ppk_decided_on), (delivered, delivered_on), (effective, effective_on),
             (appealed, appealed_on), (annulled, annulled_on), (blocked, blocked_on), (unblocked, unblocked_on)],
            lambda pair: trim(coalesce(pair[1], '')) NOT IN ('', '-') AND pair[2] IS NULL)) AS unread_dates
    FROM dated
)
SELECT
    *,
    CASE
        WHEN government_code IS NULL THEN 'government_unknown'
        WHEN unread_dates > 0 THEN 'date_impossible'
        WHEN coalesce(occurred_on, reported_on, registered_on) IS NULL THEN 'date_missing'
        WHEN fault IN ('nip_scientific', 'nip_truncated') THEN fault
        WHEN fault IS NULL AND is_simulated AND left(digits, 4)::INTEGER >= 1930 THEN 'simulated_living'
        WHEN fault IS NULL AND NOT is_simulated AND left(digits, 4)::INTEGER < 1930 THEN 'nip_birth_year'
        WHEN occurrence > 1 THEN 'duplicate_case'
    END AS rule
FROM judged;
