-- Every person of every case at every stage of the procedure: since when, until when, how long, against which limit, in whose
-- hands. Stages follow one another; the spans (to_…) all begin with the report. See docs/methodology.md, "The follow-up clock".
WITH known AS (
    -- The day up to which the build knows: the same as in the receipt, checked by followup_as_of.sql.
    SELECT greatest(
        (SELECT max(as_of) FROM core_source),
        (SELECT max(greatest(occurred_on, reported_on, registered_on, forwarded_on, recommended_on, ppk_decided_on, delivered_on)) FROM core_case)
    ) AS as_of
),
-- Working days are Monday to Friday without national holidays; `worked` counts them up to and including each day.
calendar AS (
    SELECT d.day, d.is_workday, sum(d.is_workday::INTEGER) OVER (ORDER BY d.day) AS worked
    FROM (
        SELECT unnest(generate_series(b.first, b.last, INTERVAL 1 DAY))::DATE AS day, isodow(day) < 6 AND day NOT IN (SELECT h.day::DATE FROM reference.holidays h) AS is_workday
        FROM (SELECT make_date(year(min(day::DATE)), 1, 1) AS first, make_date(year(max(day::DATE)), 12, 31) AS last FROM reference.holidays) b
    ) d
),
cases AS (
    SELECT
        c.* EXCLUDE (agency_id, election_code), a.lineage_id AS agency_id, g.province_code, coalesce(c.election_code, 'none') AS election_code,
        CASE WHEN e.election_type = 'psu' THEN 'pilkada' ELSE e.election_type END AS election_law,
        s.regime, k.as_of,
        CASE
            WHEN c.status IN ('not_proven', 'dropped') THEN c.status
            WHEN c.annulled_on IS NOT NULL AND c.effective_on IS NULL THEN 'annulled'
        END AS other_end,
        greatest(c.reported_on, c.registered_on, c.forwarded_on, c.recommended_on, c.ppk_decided_on, c.delivered_on, c.annulled_on) AS last_on
    FROM core_case c
    CROSS JOIN known k
    JOIN core_government g USING (government_code)
    LEFT JOIN core_agency a ON a.agency_id = c.agency_id
    LEFT JOIN core_election e ON e.election_code = c.election_code
    LEFT JOIN core_sanction s ON s.sanction_code = c.imposed_sanction_code
    WHERE c.employment_type <> 'non_asn'
),
-- `is_past`: a later step is known, so that this stage is over even where its own end has no date.
stages AS (
    SELECT c.*, unnest([
        {'stage': 'intake', 'from_on': reported_on, 'to_on': registered_on, 'is_entered': true, 'is_past': coalesce(forwarded_on, recommended_on, ppk_decided_on, delivered_on, effective_on, annulled_on) IS NOT NULL},
        {'stage': 'review', 'from_on': registered_on, 'to_on': forwarded_on, 'is_entered': coalesce(registered_on, forwarded_on) IS NOT NULL, 'is_past': coalesce(recommended_on, ppk_decided_on, delivered_on, effective_on, annulled_on) IS NOT NULL},
        {'stage': 'examination', 'from_on': forwarded_on, 'to_on': recommended_on, 'is_entered': coalesce(forwarded_on, recommended_on) IS NOT NULL, 'is_past': coalesce(ppk_decided_on, delivered_on, effective_on, annulled_on) IS NOT NULL},
        {'stage': 'decision', 'from_on': recommended_on, 'to_on': ppk_decided_on, 'is_entered': coalesce(recommended_on, ppk_decided_on) IS NOT NULL, 'is_past': coalesce(delivered_on, effective_on, annulled_on) IS NOT NULL},
        {'stage': 'delivery', 'from_on': ppk_decided_on, 'to_on': delivered_on, 'is_entered': coalesce(ppk_decided_on, delivered_on) IS NOT NULL, 'is_past': effective_on IS NOT NULL},
        {'stage': 'effect', 'from_on': delivered_on, 'to_on': effective_on, 'is_entered': coalesce(delivered_on, effective_on) IS NOT NULL, 'is_past': false},
        {'stage': 'block', 'from_on': blocked_on, 'to_on': unblocked_on, 'is_entered': coalesce(blocked_on, unblocked_on) IS NOT NULL, 'is_past': false},
        {'stage': 'to_forwarded', 'from_on': reported_on, 'to_on': forwarded_on, 'is_entered': true, 'is_past': coalesce(recommended_on, ppk_decided_on, delivered_on, effective_on, annulled_on) IS NOT NULL},
        {'stage': 'to_recommended', 'from_on': reported_on, 'to_on': recommended_on, 'is_entered': true, 'is_past': coalesce(ppk_decided_on, delivered_on, effective_on, annulled_on) IS NOT NULL},
        {'stage': 'to_decided', 'from_on': reported_on, 'to_on': ppk_decided_on, 'is_entered': true, 'is_past': coalesce(delivered_on, effective_on, annulled_on) IS NOT NULL},
        {'stage': 'to_effective', 'from_on': reported_on, 'to_on': effective_on, 'is_entered': true, 'is_past': false}
    ], recursive := true) FROM cases c
),
stated AS (
    SELECT *, CASE
        WHEN from_on IS NULL THEN 'undated_start'
        WHEN to_on < from_on OR from_on > as_of THEN 'out_of_order'
        WHEN to_on IS NOT NULL THEN 'done'
        -- An annulment ends the stages after the decision and the span to the effect; before, the decision itself is what is missing.
        WHEN other_end = 'annulled' AND stage IN ('delivery', 'effect', 'to_effective') THEN 'ended'
        WHEN is_past THEN 'undated_end'
        WHEN stage <> 'block' AND other_end IS NOT NULL THEN 'ended'
        ELSE 'open'
    END AS state
    FROM stages WHERE is_entered
),
-- Until when a row is measured: its end, the day of the other end (an annulment's own, else the last day known), or the as-of date.
measured AS (
    SELECT s.*, CASE state
        WHEN 'done' THEN to_on
        WHEN 'ended' THEN greatest(from_on, CASE WHEN other_end = 'annulled' THEN annulled_on ELSE last_on END)
        WHEN 'open' THEN as_of
    END AS until_on
    FROM stated s
),
limited AS (
    SELECT
        m.*, l.days AS limit_days, l.unit AS limit_unit, ending.worked - starting.worked AS working_days,
        CASE l.from_column WHEN 'registered_on' THEN registered_on WHEN 'reported_on' THEN reported_on WHEN 'ppk_decided_on' THEN ppk_decided_on WHEN 'delivered_on' THEN delivered_on END AS limit_from
    FROM measured m
    LEFT JOIN core_followup_limit l
        ON l.judged = 'yes' AND l.stage = m.stage
        AND (l.election_type IS NULL OR l.election_type = m.election_law) AND (l.regime IS NULL OR l.regime = m.regime)
        AND (l.valid_from IS NULL OR m.ppk_decided_on >= l.valid_from)
        -- A remedy suspends the effect.
        AND NOT (m.stage = 'effect' AND m.appealed_on IS NOT NULL)
    LEFT JOIN calendar starting ON starting.day = m.from_on
    LEFT JOIN calendar ending ON ending.day = m.until_on
),
due AS (
    SELECT l.*, CASE l.limit_unit WHEN 'D' THEN l.limit_from + l.limit_days WHEN 'WD' THEN target.day END AS due_on
    FROM limited l
    LEFT JOIN calendar start ON start.day = l.limit_from
    LEFT JOIN calendar target ON l.limit_unit = 'WD' AND target.is_workday AND target.worked = start.worked + l.limit_days
)
SELECT
    case_id, person_number, stage, province_code, government_code, agency_id, employment_type,
    coalesce(violation_code, 'unknown') AS violation_code, election_code, phase,
    coalesce(occurred_on, reported_on, registered_on) AS event_on, status, state, from_on, to_on,
    (until_on - from_on)::INTEGER AS days,
    working_days::INTEGER AS working_days,
    CASE WHEN due_on IS NOT NULL THEN limit_days END AS limit_days,
    CASE WHEN due_on IS NOT NULL THEN limit_unit END AS limit_unit,
    due_on,
    CASE
        WHEN due_on IS NULL OR state NOT IN ('done', 'open') THEN 'not_judged'
        WHEN state = 'done' THEN CASE WHEN to_on > due_on THEN 'late' ELSE 'in_time' END
        ELSE CASE WHEN as_of > due_on THEN 'overdue' ELSE 'within' END
    END AS timing,
    timing = 'overdue' AS is_overdue,
    CASE
        WHEN starts_with(stage, 'to_') THEN 'none'
        WHEN stage IN ('intake', 'review') THEN 'bawaslu'
        WHEN stage = 'examination' THEN coalesce((
            SELECT lower(b.body) FROM reference.examining_bodies b
            WHERE coalesce(until_on, from_on) BETWEEN b.valid_from::DATE AND coalesce(b.valid_to::DATE, DATE '9999-12-31')), 'unknown')
        WHEN stage = 'effect' AND appealed_on IS NOT NULL THEN 'appeal_body'
        ELSE 'ppk'
    END AS holder,
    coalesce(other_end, 'none') AS other_end, as_of, is_simulated
FROM due
