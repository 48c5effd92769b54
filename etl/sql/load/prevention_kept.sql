-- What the vault keeps of a list of activities: dates, kinds and counts. No name, no title and no text; of the office its kind, of a
-- letter its number where it has the shape of one.
SELECT
    row_number,
    sha256(coalesce(concat_ws('|', government_code, kind_code, held_on, letter_key), line)) AS activity_hash,
    held_on, kind_code AS kind, government_code,
    coalesce(i.code, 'unknown') AS issuer,
    e.code AS claimed_election_code,
    participants_count AS participants, signatures_count AS signatures,
    kept_number(letter_number) AS letter_number, letter_key, url AS source_url,
    concat_ws(';',
        CASE WHEN trim(coalesce(issuer, '')) <> '' AND i.code IS NULL THEN 'issuer_not_recognised' END,
        CASE WHEN trim(coalesce(election, '')) <> '' AND e.code IS NULL THEN 'election_not_recognised' END,
        CASE WHEN trim(coalesce(letter_number, '')) <> '' AND kept_number(letter_number) IS NULL THEN 'letter_number_unusable' END,
        CASE WHEN is_address_unusable THEN 'address_unusable' END
    ) AS caveats,
    is_simulated
FROM prevention p
LEFT JOIN meanings i ON i.field = 'issuer' AND i.written = p.issuer
LEFT JOIN meanings e ON e.field = 'election' AND e.written = p.election
WHERE rule IS NULL
ORDER BY row_number
