-- A case is classified by its date and its election, not by what the file claims (SKB 22-09-2022 Lampiran II; process.md section 2).
-- Which rows of which registers are one case was settled before (etl/sql/staging).
WITH numbered AS (
    SELECT
        *,
        coalesce(occurred_on, reported_on, registered_on) AS event_on,
        coalesce(region_code, government_code) AS voting_region
    FROM staging.case_person
),
-- Elections whose window holds the date and in which the place of the act votes; a named one wins, then the next vote to come.
candidate AS (
    SELECT
        n.case_id, n.person_number, e.election_code,
        row_number() OVER (
            PARTITION BY n.case_id, n.person_number
            ORDER BY e.election_code <> coalesce(n.claimed_election_code, ''), e.voting_on < n.event_on, abs(date_diff('day', n.event_on, e.voting_on)), e.election_code
        ) AS place
    FROM numbered n
    JOIN core_election e ON n.event_on BETWEEN e.window_start_on AND e.window_end_on
    WHERE EXISTS (
        SELECT 1 FROM core_election_region r
        WHERE r.election_code = e.election_code AND r.region_code IN (n.voting_region, n.government_code)
    )
),
phased AS (
    SELECT
        n.*, e.election_code,
        CASE
            WHEN e.election_code IS NULL THEN 'no_election'
            WHEN e.candidate_set_on IS NULL THEN 'unknown'
            WHEN n.event_on < e.candidate_set_on THEN 'before_candidates_set'
            WHEN n.event_on = e.voting_on THEN 'voting'
            WHEN n.event_on > e.voting_on THEN 'after_voting'
            WHEN n.event_on >= e.quiet_start_on THEN 'quiet'
            WHEN n.event_on >= e.campaign_start_on THEN 'campaign'
            ELSE 'candidates_set'
        END AS phase,
        e.election_code = 'PEMILU2024' AND n.event_on BETWEEN DATE '2023-11-03' AND DATE '2023-11-12' AS is_between_lists
    FROM numbered n
    LEFT JOIN candidate c ON c.case_id = n.case_id AND c.person_number = n.person_number AND c.place = 1
    LEFT JOIN core_election e ON e.election_code = c.election_code
),
typed AS (
    SELECT
        p.*,
        claimed.category AS claimed_category,
        CASE
            WHEN phase = 'unknown' THEN claimed_violation_code
            WHEN phase IN ('before_candidates_set', 'no_election') THEN coalesce(claimed.before_code, claimed_violation_code)
            ELSE coalesce(claimed.after_code, claimed_violation_code)
        END AS violation_code
    FROM phased p LEFT JOIN core_violation_type claimed ON claimed.violation_code = p.claimed_violation_code
),
-- The roster nearest to the date tells the position where the register does not. A roster of another government tells only
-- that the person moved, or works elsewhere.
placed AS (
    SELECT case_id, person_number,
        arg_min(r.position_class, abs(date_diff('day', n.event_on, r.as_of))) FILTER (WHERE r.government_code = n.government_code) AS position_class,
        arg_min(r.agency_name, abs(date_diff('day', n.event_on, r.as_of))) FILTER (WHERE r.government_code = n.government_code) AS agency_name,
        bool_or(r.government_code = n.government_code) AS is_at_home
    FROM numbered n JOIN staging.roster r ON r.person = n.person
    GROUP BY ALL
),
settled AS (
    SELECT
        t.*,
        v.phase_rule, v.category AS type_category,
        coalesce(nullif(t.position_class, 'unknown'), placed.position_class, 'unknown') AS settled_position,
        coalesce(named.agency_id, rostered.agency_id) AS settled_agency,
        t.person IS NOT NULL AND placed.case_id IS NULL AS is_off_roster,
        NOT placed.is_at_home AS is_on_other_roster,
        list_filter([reported_on, registered_on, forwarded_on, recommended_on, ppk_decided_on, delivered_on, effective_on], lambda d: d IS NOT NULL) AS steps
    FROM typed t
    LEFT JOIN core_violation_type v ON v.violation_code = t.violation_code
    LEFT JOIN placed ON placed.case_id = t.case_id AND placed.person_number = t.person_number
    LEFT JOIN staging.agency_name named
        ON named.government_code = t.government_code AND named.written = t.agency_name AND named.is_named AND t.event_on BETWEEN named.valid_from AND named.valid_to
    LEFT JOIN staging.agency_name rostered
        ON rostered.government_code = t.government_code AND rostered.written = placed.agency_name AND t.event_on BETWEEN rostered.valid_from AND rostered.valid_to
)
SELECT
    case_id, person_number, government_code,
    settled_agency AS agency_id,
    region_code, employment_type, settled_position AS position_class,
    violation_code, claimed_violation_code,
    CASE
        WHEN violation_code IS NULL OR phase = 'unknown' THEN NULL
        WHEN type_category = 'criminal' OR phase_rule = 'any' THEN type_category
        WHEN phase IN ('before_candidates_set', 'no_election') THEN 'code_of_ethics'
        ELSE 'discipline'
    END AS category,
    election_code, phase, channel, occurred_on, reported_on, registered_on, forwarded_on,
    (SELECT body FROM reference.examining_bodies b WHERE forwarded_on BETWEEN b.valid_from::DATE AND coalesce(b.valid_to::DATE, DATE '9999-12-31')) AS examined_by,
    recommended_on, recommended_sanction_code, ppk_decided_on, signer, imposed_sanction_code, delivered_on, effective_on,
    appealed_on, annulled_on, blocked_on, unblocked_on,
    CASE
        WHEN annulled_on IS NOT NULL THEN 'annulled'
        WHEN appealed_on IS NOT NULL THEN 'appealed'
        WHEN effective_on IS NOT NULL THEN 'effective'
        WHEN delivered_on IS NOT NULL THEN 'delivered'
        WHEN ppk_decided_on IS NOT NULL THEN 'decided'
        WHEN stated_end = 'not_proven' THEN 'not_proven'
        WHEN stated_end = 'dropped' THEN 'dropped'
        WHEN recommended_on IS NOT NULL THEN 'recommended'
        WHEN forwarded_on IS NOT NULL AND stated_end = 'in_progress' THEN 'under_examination'
        WHEN forwarded_on IS NOT NULL THEN 'forwarded'
        WHEN registered_on IS NOT NULL THEN 'under_review'
        ELSE 'reported'
    END AS status,
    concat_ws(';',
        nullif(caveats, ''),
        CASE WHEN occurred_on IS NULL THEN 'date_of_act_unknown' END,
        CASE WHEN coalesce(occurred_on > list_min(steps), false) OR steps <> list_sort(steps) THEN 'dates_out_of_order' END,
        CASE WHEN claimed_election_code IS NOT NULL AND claimed_election_code IS DISTINCT FROM election_code THEN 'election_disagrees' END,
        CASE WHEN claimed_violation_code IS DISTINCT FROM violation_code THEN 'type_reclassified' END,
        CASE WHEN phase = 'unknown' THEN 'phase_unknown' END,
        CASE WHEN is_between_lists THEN 'phase_depends_on_contest' END,
        CASE WHEN phase_rule = 'before_candidates_set' AND phase NOT IN ('before_candidates_set', 'no_election', 'unknown') THEN 'type_has_no_counterpart' END,
        CASE WHEN phase_rule IN ('after_candidates_set', 'campaign') AND phase IN ('before_candidates_set', 'no_election') THEN 'type_has_no_counterpart' END,
        CASE WHEN is_off_roster THEN 'person_not_on_roster' WHEN is_on_other_roster THEN 'person_on_other_roster' END
    ) AS caveats,
    is_simulated, source_id
FROM settled
