-- Every person of every case as core_case classifies it: the registers, and where they are silent the history of discipline.
SELECT
    c.* EXCLUDE (ppk_decided_on, imposed_sanction_code, effective_on, annulled_on),
    coalesce(c.ppk_decided_on, r.decided_on) AS ppk_decided_on,
    coalesce(c.imposed_sanction_code, r.sanction_code) AS imposed_sanction_code,
    coalesce(c.effective_on, r.started_on) AS effective_on,
    coalesce(c.annulled_on, r.annulled_on) AS annulled_on
FROM staging.reconciled c
LEFT JOIN staging.sanction_match m ON m.case_id = c.case_id AND m.person_number = c.person_number
LEFT JOIN staging.discipline_record r ON r.record_id = m.record_id
