-- Lines that are nobody: blank ones, numbering, headers repeated on every page, totals, headings, footers and signatures.
-- Only lines without a readable number are looked at. Parameters: $nip_names the spellings of the column of numbers; $last_place the last line
-- with a number.
CREATE OR REPLACE TEMP TABLE odd AS
WITH unread AS MATERIALIZED (
    SELECT
        place, bare(left(nip, 60)) AS number_text, bare(left(first_cell, 60)) AS first_text, regexp_replace(left(coalesce(nip, ''), 60), '\D', '', 'g') AS digits,
        bare(agency) AS agency_text,
        len(list_filter([agency, employment, position_type, "position", rank, gender, birth, work_government, home_government, standing],
            lambda text_value: bare(text_value) <> '')) AS filled,
        len(list_filter([agency, "position", rank, gender, birth],
            lambda text_value: bare(text_value) <> '' AND NOT regexp_full_match(bare(text_value), '\d{1,2}'))) AS worded
    FROM unread_lines
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
            WHEN filled = 1 AND number_text = '' AND place > $last_place THEN 'footer'
            WHEN number_text = '' AND regexp_matches(agency_text, '^(mengetahui|catatan|keterangan|dicetak|sumber)\b') THEN 'footer'
        END AS kind
    FROM unread
) WHERE kind IS NOT NULL
