-- The shape of the vault's preventive activities where none are loaded.
SELECT
    NULL::BIGINT AS row_number, NULL::VARCHAR AS activity_hash, NULL::DATE AS held_on, NULL::VARCHAR AS kind,
    NULL::VARCHAR AS government_code, NULL::VARCHAR AS issuer, NULL::VARCHAR AS claimed_election_code,
    NULL::BIGINT AS participants, NULL::BIGINT AS signatures, NULL::VARCHAR AS letter_number, NULL::VARCHAR AS letter_key,
    NULL::VARCHAR AS source_url, NULL::VARCHAR AS caveats, NULL::BOOLEAN AS is_simulated, NULL::VARCHAR AS source_id
WHERE false
