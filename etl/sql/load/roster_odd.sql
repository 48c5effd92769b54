-- Lines that are nobody: blank ones, numbering, headers repeated on every page, totals, headings, footers and signatures.
-- Only lines without a readable number are looked at. Parameter: $nip_names the spellings of the column of numbers.
CREATE OR REPLACE TEMP TABLE odd AS
WITH end_of_people AS (SELECT coalesce(max(rowid), -1) AS last_place FROM roster WHERE number IS NOT NULL),
unread AS MATERIALIZED (
    SELECT
        rowid AS place, bare(written) AS number_text, bare(first_cell) AS first_text, regexp_replace(written, '\D', '', 'g') AS digits,
        bare(agency::VARCHAR) AS agency_text,
        len(list_filter([agency::VARCHAR, employment::VARCHAR, position_type::VARCHAR, "position"::VARCHAR, rank::VARCHAR, gender::VARCHAR,
            birth::VARCHAR, work_government::VARCHAR, home_government::VARCHAR, standing::VARCHAR], lambda text_value: bare(text_value) <> '')) AS filled,
        len(list_filter([agency::VARCHAR, "position"::VARCHAR, rank::VARCHAR, gender::VARCHAR, birth::VARCHAR],
            lambda text_value: bare(text_value) <> '' AND NOT regexp_full_match(bare(text_value), '\d{1,2}'))) AS worded
    FROM roster WHERE number IS NULL
)
SELECT place, kind FROM (
    SELECT
        place,
        CASE
            WHEN filled = 0 AND number_text = '' AND first_text = '' THEN 'blank'
            WHEN list_contains($nip_names, number_text) THEN 'repeated_header'
            WHEN length(digits) < 9 AND regexp_matches(concat_ws(' ', first_text, agency_text), '^(sub ?|grand ?)?(jumlah|total)\b|^rekap') THEN 'total'
            WHEN length(digits) < 9 AND regexp_matches(number_text, '^(sub ?|grand ?)?(jumlah|total)\b') THEN 'total'
            WHEN regexp_full_match(number_text, '\d{1,2}') AND worded = 0 AND filled > 0 THEN 'numbering'
            WHEN filled = 0 AND (regexp_matches(concat_ws(' ', first_text, number_text), '[a-z]{3}') OR first_text = '') THEN 'footer'
            WHEN filled = 1 AND number_text = '' AND place > last_place THEN 'footer'
            WHEN number_text = '' AND regexp_matches(agency_text, '^(mengetahui|catatan|keterangan|dicetak|sumber)\b') THEN 'footer'
        END AS kind
    FROM unread CROSS JOIN end_of_people
) WHERE kind IS NOT NULL
