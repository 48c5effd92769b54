-- No ethics breach after candidates are set and no phase-bound discipline breach before.
SELECT case_id, person_number, phase, core_case.category, core_case.violation_code FROM core_case JOIN core_violation_type v USING (violation_code)
WHERE (core_case.category = 'code_of_ethics' AND phase IN ('candidates_set', 'campaign', 'quiet', 'voting', 'after_voting'))
   OR (core_case.category = 'discipline' AND v.phase_rule <> 'any' AND phase IN ('before_candidates_set', 'no_election'))
