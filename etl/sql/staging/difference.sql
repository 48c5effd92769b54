-- Where two sources of one case disagree: the value that was taken and the one that was not. Dates and codes only.
WITH stated AS (
    SELECT m.case_id, m.person_number, e.source_id, unnest([
        {'column_name': 'occurred_on', 'turn': supervisor_first, 'value': occurred_on::VARCHAR},
        {'column_name': 'reported_on', 'turn': supervisor_first, 'value': reported_on::VARCHAR},
        {'column_name': 'registered_on', 'turn': supervisor_first, 'value': registered_on::VARCHAR},
        {'column_name': 'forwarded_on', 'turn': supervisor_first, 'value': forwarded_on::VARCHAR},
        {'column_name': 'claimed_violation_code', 'turn': supervisor_first, 'value': claimed_violation_code},
        {'column_name': 'election_code', 'turn': supervisor_first, 'value': claimed_election_code},
        {'column_name': 'region_code', 'turn': supervisor_first, 'value': region_code},
        {'column_name': 'channel', 'turn': supervisor_first, 'value': nullif(channel, 'unknown')},
        {'column_name': 'employment_type', 'turn': personnel_first, 'value': nullif(employment_type, 'unknown')},
        {'column_name': 'recommended_on', 'turn': personnel_first, 'value': recommended_on::VARCHAR},
        {'column_name': 'recommended_sanction_code', 'turn': personnel_first, 'value': recommended_sanction_code},
        {'column_name': 'ppk_decided_on', 'turn': personnel_first, 'value': ppk_decided_on::VARCHAR},
        {'column_name': 'signer', 'turn': personnel_first, 'value': signer},
        {'column_name': 'imposed_sanction_code', 'turn': personnel_first, 'value': imposed_sanction_code},
        {'column_name': 'delivered_on', 'turn': personnel_first, 'value': delivered_on::VARCHAR},
        {'column_name': 'effective_on', 'turn': personnel_first, 'value': effective_on::VARCHAR},
        {'column_name': 'appealed_on', 'turn': personnel_first, 'value': appealed_on::VARCHAR},
        {'column_name': 'annulled_on', 'turn': personnel_first, 'value': annulled_on::VARCHAR},
        {'column_name': 'blocked_on', 'turn': personnel_first, 'value': blocked_on::VARCHAR},
        {'column_name': 'unblocked_on', 'turn': personnel_first, 'value': unblocked_on::VARCHAR}
    ], recursive := true)
    FROM staging.entry e JOIN staging.member m USING (entry)
    UNION ALL BY NAME
    SELECT m.case_id, m.person_number, r.source_id, unnest([
        {'column_name': 'ppk_decided_on', 'turn': '9', 'value': decided_on::VARCHAR},
        {'column_name': 'imposed_sanction_code', 'turn': '9', 'value': sanction_code},
        {'column_name': 'effective_on', 'turn': '9', 'value': started_on::VARCHAR},
        {'column_name': 'annulled_on', 'turn': '9', 'value': annulled_on::VARCHAR}
    ], recursive := true)
    FROM staging.discipline_record r JOIN staging.sanction_match m USING (record_id)
),
compared AS (
    SELECT *, first_value(source_id) OVER in_turn AS taken_source, first_value(value) OVER in_turn AS taken_value
    FROM stated WHERE value IS NOT NULL
    WINDOW in_turn AS (PARTITION BY case_id, person_number, column_name ORDER BY turn)
)
SELECT
    case_id, person_number, column_name, taken_source AS source_id, taken_value AS value,
    source_id AS other_source_id, value AS other_value
FROM compared WHERE value <> taken_value
