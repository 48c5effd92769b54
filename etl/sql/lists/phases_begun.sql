-- The phases of every election that had begun by a day, as core_case.sql tells them apart, and the provinces in which a region votes.
WITH phases AS (
    SELECT election_code, unnest(
        CASE WHEN candidate_set_on IS NULL THEN [{'phase': 'unknown', 'from_on': window_start_on}]
        ELSE [
            {'phase': 'before_candidates_set', 'from_on': window_start_on},
            {'phase': 'candidates_set', 'from_on': candidate_set_on},
            {'phase': 'campaign', 'from_on': campaign_start_on},
            {'phase': 'quiet', 'from_on': quiet_start_on},
            {'phase': 'voting', 'from_on': voting_on},
            {'phase': 'after_voting', 'from_on': (voting_on + 1)::DATE}
        ] END, recursive := true)
    FROM core_election
),
voters AS (
    SELECT election_code, list(DISTINCT left(region_code, 2)) AS provinces FROM core_election_region GROUP BY election_code
)
SELECT election_code, list(phase), any_value(provinces)
FROM phases LEFT JOIN voters USING (election_code)
WHERE from_on <= $as_of
GROUP BY election_code
ORDER BY election_code
