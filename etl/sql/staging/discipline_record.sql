-- Every decision in the histories of discipline once, though two exports may hold it. A reactivation is not a sanction.
WITH told_of AS (
    SELECT
        person, decided_on, sanction_code,
        min(source_id || '/' || record_hash) AS record,
        told(coalesce(government_code, card_government), source_id) AS government_code,
        told(started_on, source_id) AS started_on,
        told(annulled_on, source_id) AS annulled_on,
        told(decision_key, source_id) AS decision_key,
        told(decision_text, source_id) AS decision_text,
        bool_or(is_neutrality) AS is_neutrality,
        bool_or(is_simulated) AS is_simulated,
        min(source_id) AS source_id
    FROM staging.discipline
    WHERE is_sanction
    GROUP BY ALL
)
SELECT * EXCLUDE (record), 'D' || left(sha256(record), 12) AS record_id FROM told_of
