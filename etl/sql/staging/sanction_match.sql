-- Which decision belongs to which case of the same person: its date lies within fourteen days of the decision that the case
-- has, or, where the case has none, up to 730 days after its recommendation or report. Nearest first, one to one.
WITH candidate AS (
    SELECT
        r.person, r.record_id, c.case_id, c.person_number,
        c.ppk_decided_on IS NULL AS is_undecided,
        coalesce(r.decision_key <> c.decision_key, true) AS is_other_number,
        r.annulled_on IS NOT NULL AS is_annulled,
        abs(date_diff('day', coalesce(c.ppk_decided_on, c.recommended_on, c.reported_on, c.registered_on, c.occurred_on), r.decided_on)) AS gap
    FROM staging.discipline_record r
    JOIN staging.reconciled c ON c.person = r.person AND c.is_simulated = r.is_simulated
    WHERE r.is_neutrality AND CASE
        WHEN c.ppk_decided_on IS NOT NULL THEN abs(date_diff('day', c.ppk_decided_on, r.decided_on)) <= 14
        ELSE coalesce(c.stated_end NOT IN ('not_proven', 'dropped'), true)
            AND date_diff('day', coalesce(c.recommended_on, c.reported_on, c.registered_on, c.occurred_on), r.decided_on) BETWEEN 0 AND 730
    END
),
-- The best pair first; a later one is taken where both its decision and its case are still free.
taken AS (
    SELECT unnest(list_reduce(
        list([{'record_id': record_id, 'case_id': case_id, 'person_number': person_number}]
            ORDER BY is_undecided, is_other_number, is_annulled, gap, record_id, case_id, person_number),
        lambda chosen, next: CASE
            WHEN list_bool_or(list_transform(chosen, lambda pair: pair.record_id = next[1].record_id
                OR (pair.case_id = next[1].case_id AND pair.person_number = next[1].person_number))) THEN chosen
            ELSE list_concat(chosen, next)
        END)) AS pair
    FROM candidate GROUP BY person
)
SELECT pair.record_id, pair.case_id, pair.person_number FROM taken
