-- An activity belongs to the election that a case of its day and government would belong to (core_case): of those whose window
-- holds the day and in which the government's area votes the named one wins, then the next vote to come.
WITH candidate AS (
    SELECT
        p.source_id, p.row_number, e.election_code,
        row_number() OVER (
            PARTITION BY p.source_id, p.row_number
            ORDER BY e.election_code <> coalesce(p.claimed_election_code, ''), e.voting_on < p.held_on, abs(date_diff('day', p.held_on, e.voting_on)), e.election_code
        ) AS place
    FROM staging.prevention p
    JOIN core_election e ON p.held_on BETWEEN e.window_start_on AND e.window_end_on
    WHERE EXISTS (SELECT 1 FROM core_election_region r WHERE r.election_code = e.election_code AND r.region_code = p.government_code)
)
SELECT
    p.source_id, p.row_number, p.government_code, g.province_code, p.kind, p.held_on, p.issuer, c.election_code,
    p.participants, p.signatures, p.letter_number, p.source_url,
    -- Another list has an activity of the same kind for the same government on that day, or the same letter.
    EXISTS (
        SELECT 1 FROM staging.prevention o
        WHERE o.source_id < p.source_id AND o.government_code = p.government_code AND o.kind = p.kind
            AND (o.held_on = p.held_on OR o.letter_key = p.letter_key)
    ) AS is_possible_duplicate,
    concat_ws(';',
        nullif(p.caveats, ''),
        CASE WHEN p.claimed_election_code IS NOT NULL AND p.claimed_election_code IS DISTINCT FROM c.election_code THEN 'election_disagrees' END
    ) AS caveats,
    p.is_simulated
FROM staging.prevention p
JOIN core_government g ON g.government_code = p.government_code
LEFT JOIN candidate c ON c.source_id = p.source_id AND c.row_number = p.row_number AND c.place = 1
