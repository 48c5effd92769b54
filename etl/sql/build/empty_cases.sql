-- The shape of the vault's registers where none is loaded.
SELECT
    NULL::BIGINT AS row_number, NULL::VARCHAR AS register_hash, NULL::BLOB AS person, NULL::VARCHAR AS employment_type,
    NULL::VARCHAR AS government_code, NULL::VARCHAR AS agency_name, NULL::VARCHAR AS position_class, NULL::VARCHAR AS region_code,
    NULL::VARCHAR AS claimed_violation_code, NULL::VARCHAR AS claimed_election_code, NULL::VARCHAR AS channel,
    NULL::DATE AS occurred_on, NULL::DATE AS reported_on, NULL::DATE AS registered_on, NULL::DATE AS forwarded_on,
    NULL::DATE AS recommended_on, NULL::VARCHAR AS recommended_sanction_code, NULL::DATE AS ppk_decided_on,
    NULL::VARCHAR AS signer, NULL::VARCHAR AS imposed_sanction_code, NULL::DATE AS delivered_on, NULL::DATE AS effective_on,
    NULL::DATE AS appealed_on, NULL::DATE AS annulled_on, NULL::DATE AS blocked_on, NULL::DATE AS unblocked_on,
    NULL::VARCHAR AS stated_end, NULL::VARCHAR AS caveats,
    NULL::VARCHAR AS register_key, NULL::VARCHAR AS bawaslu_key, NULL::VARCHAR AS forwarding_key, NULL::VARCHAR AS recommendation_key,
    NULL::VARCHAR AS decision_key, NULL::VARCHAR AS annulment_key, NULL::VARCHAR AS register_text, NULL::VARCHAR AS bawaslu_text,
    NULL::VARCHAR AS forwarding_text, NULL::VARCHAR AS recommendation_text, NULL::VARCHAR AS decision_text, NULL::VARCHAR AS annulment_text,
    NULL::BOOLEAN AS is_simulated, NULL::VARCHAR AS source_id
WHERE false
