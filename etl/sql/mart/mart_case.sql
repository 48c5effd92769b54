-- Persons who are not civil servants are left out: they are not in any denominator.
-- The age is that of the person's own roster nearest to the act, banded as the denominators are.
WITH aged AS (
    SELECT n.case_id, n.person_number,
        first(r.age_band ORDER BY abs(date_diff('day', coalesce(n.occurred_on, n.reported_on, n.registered_on), r.as_of)), r.as_of, r.age_band) AS age_band
    FROM staging.case_person n JOIN staging.roster r ON r.person = n.person AND r.government_code = n.government_code
    GROUP BY ALL
),
judged AS (
    SELECT
        c.* EXCLUDE (agency_id), a.lineage_id AS agency_id, g.province_code, r.severity AS r_severity, r.rank AS r_rank, i.severity AS i_severity, i.rank AS i_rank,
        c.ppk_decided_on IS NOT NULL AND c.annulled_on IS NULL AS is_decided
    FROM core_case c
    JOIN core_government g USING (government_code)
    LEFT JOIN core_agency a ON a.agency_id = c.agency_id
    LEFT JOIN core_sanction r ON r.sanction_code = c.recommended_sanction_code
    LEFT JOIN core_sanction i ON i.sanction_code = c.imposed_sanction_code
    WHERE c.employment_type <> 'non_asn'
)
SELECT
    case_id, person_number, province_code, government_code, agency_id, employment_type, position_class,
    coalesce(age_band, 'unknown') AS age_band,
    CASE
        WHEN list_has_any(string_split(caveats, ';'), ['nip_missing', 'nip_unreadable']) THEN 'no_number'
        WHEN list_contains(string_split(caveats, ';'), 'person_not_on_roster') THEN 'absent'
        WHEN list_contains(string_split(caveats, ';'), 'person_on_other_roster') THEN 'elsewhere'
        ELSE 'found'
    END AS roster_match,
    coalesce(violation_code, 'unknown') AS violation_code,
    coalesce(category, 'unknown') AS category,
    coalesce(election_code, 'none') AS election_code,
    phase, coalesce(occurred_on, reported_on, registered_on) AS event_on, status,
    forwarded_on IS NOT NULL AS is_forwarded,
    recommended_on IS NOT NULL AS is_recommended,
    is_decided,
    CASE WHEN recommended_on IS NULL THEN 'none' ELSE coalesce(r_severity, 'unknown') END AS recommended_severity,
    CASE WHEN NOT is_decided THEN 'none' ELSE coalesce(i_severity, 'unknown') END AS imposed_severity,
    CASE
        WHEN NOT is_decided OR recommended_on IS NULL THEN 'none'
        WHEN severity_step(r_severity) IS NULL OR severity_step(i_severity) IS NULL THEN 'unknown'
        WHEN severity_step(i_severity) < severity_step(r_severity) THEN 'lighter'
        WHEN severity_step(i_severity) > severity_step(r_severity) THEN 'heavier'
        ELSE 'as_recommended'
    END AS comparison,
    -- A criminal sanction is another track and has no place on the scale of discipline.
    CASE
        WHEN NOT is_decided OR recommended_on IS NULL OR 'criminal' IN (coalesce(r_severity, ''), coalesce(i_severity, '')) THEN 'none'
        ELSE coalesce(r_severity, 'unknown') || '>' || coalesce(i_severity, 'unknown')
    END AS severity_pair,
    is_simulated
FROM judged LEFT JOIN aged USING (case_id, person_number)
