-- The shape of the vault's histories of discipline where none is loaded.
SELECT
    NULL::BIGINT AS row_number, NULL::VARCHAR AS record_hash, NULL::BLOB AS person, NULL::VARCHAR AS government_code,
    NULL::DATE AS decided_on, NULL::DATE AS started_on, NULL::DATE AS ended_on, NULL::INTEGER AS months, NULL::VARCHAR AS regulation,
    NULL::VARCHAR AS sanction_code, NULL::BOOLEAN AS is_sanction, NULL::BOOLEAN AS is_neutrality, NULL::DATE AS annulled_on,
    NULL::VARCHAR AS decision_key, NULL::VARCHAR AS annulment_key, NULL::VARCHAR AS decision_text, NULL::VARCHAR AS annulment_text,
    NULL::VARCHAR AS caveats, NULL::BOOLEAN AS is_simulated, NULL::VARCHAR AS source_id, NULL::VARCHAR AS card_government
WHERE false
