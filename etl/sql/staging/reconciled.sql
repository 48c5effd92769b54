-- One row per case and person out of the rows that are one. The supervisor is believed first for what happened until the
-- case was forwarded, the personnel side for what came of it; each fills what the other does not say.
WITH told_of AS (
    SELECT
        m.case_id, m.person_number,
        told(e.person, supervisor_first) AS person,
        told(nullif(employment_type, 'unknown'), personnel_first) AS employment_type,
        told(government_code, supervisor_first) AS government_code,
        told(agency_name, personnel_first) AS agency_name,
        told(nullif(position_class, 'unknown'), personnel_first) AS position_class,
        told(region_code, supervisor_first) AS region_code,
        told(claimed_violation_code, supervisor_first) AS claimed_violation_code,
        told(claimed_election_code, supervisor_first) AS claimed_election_code,
        told(nullif(channel, 'unknown'), supervisor_first) AS channel,
        told(occurred_on, supervisor_first) AS occurred_on,
        told(reported_on, supervisor_first) AS reported_on,
        told(registered_on, supervisor_first) AS registered_on,
        told(forwarded_on, supervisor_first) AS forwarded_on,
        told(recommended_on, personnel_first) AS recommended_on,
        told(recommended_sanction_code, personnel_first) AS recommended_sanction_code,
        told(ppk_decided_on, personnel_first) AS ppk_decided_on,
        told(signer, personnel_first) AS signer,
        told(imposed_sanction_code, personnel_first) AS imposed_sanction_code,
        told(delivered_on, personnel_first) AS delivered_on,
        told(effective_on, personnel_first) AS effective_on,
        told(appealed_on, personnel_first) AS appealed_on,
        told(annulled_on, personnel_first) AS annulled_on,
        told(blocked_on, personnel_first) AS blocked_on,
        told(unblocked_on, personnel_first) AS unblocked_on,
        told(decision_key, personnel_first) AS decision_key,
        told(stated_end, personnel_first) AS stated_end,
        list_sort(list_distinct(flatten(list(string_split(caveats, ';'))))) AS notes,
        bool_or(m.is_doubtful) AS is_doubtful,
        bool_or(is_simulated) AS is_simulated,
        told(e.source_id, supervisor_first) AS source_id
    FROM staging.entry e JOIN staging.member m USING (entry)
    GROUP BY ALL
)
SELECT
    * EXCLUDE (notes, is_doubtful, employment_type, position_class, channel),
    coalesce(employment_type, 'unknown') AS employment_type,
    coalesce(position_class, 'unknown') AS position_class,
    coalesce(channel, 'unknown') AS channel,
    -- What one register could not read and another told is no doubt any more.
    concat_ws(';',
        nullif(array_to_string(list_filter(notes, lambda note: note <> ''
            AND NOT (note IN ('nip_missing', 'nip_unreadable') AND person IS NOT NULL)
            AND NOT (note = 'violation_not_recognised' AND claimed_violation_code IS NOT NULL)
            AND NOT (note = 'election_not_recognised' AND claimed_election_code IS NOT NULL)), ';'), ''),
        CASE WHEN is_doubtful THEN 'possible_duplicate' END) AS caveats
FROM told_of
