-- The counting window of an election: from twelve months before candidates are set (approaches to parties begin then) to
-- thirty days after voting. A re-vote begins when the window of the vote that it repeats has ended. See docs/methodology.md.
WITH dated AS (
    SELECT
        code AS election_code, name_id, name_en, type AS election_type, scope,
        candidate_set_date::DATE AS candidate_set_on, campaign_start::DATE AS campaign_start_on,
        campaign_end::DATE AS campaign_end_on, quiet_start::DATE AS quiet_start_on, voting_date::DATE AS voting_on,
        confidence, legal_basis, source_url, note
    FROM reference.elections
),
repeated AS (
    SELECT e.election_code, max(earlier.voting_on) AS earlier_voting_on
    FROM dated e JOIN dated earlier ON earlier.voting_on < e.voting_on
    WHERE e.election_type = 'psu' AND NOT EXISTS (
        SELECT 1 FROM reference.elections_regions here
        WHERE here.election_code = e.election_code AND NOT EXISTS (
            SELECT 1 FROM reference.elections_regions there
            WHERE there.election_code = earlier.election_code AND there.region_code = here.region_code))
    GROUP BY 1
)
SELECT
    dated.*,
    coalesce((earlier_voting_on + INTERVAL 31 DAY)::DATE, (coalesce(candidate_set_on, voting_on) - INTERVAL 12 MONTH)::DATE) AS window_start_on,
    (voting_on + INTERVAL 30 DAY)::DATE AS window_end_on
FROM dated LEFT JOIN repeated USING (election_code)
