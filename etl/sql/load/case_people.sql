-- What the vault keeps of a register: dates, codes, a pseudonym, and numbers of letters. No name, no number of a person, no narrative.
SELECT
    row_number,
    sha256(coalesce(register, $sha256 || row_number)) AS register_hash,
    CASE WHEN fault IS NULL THEN pseudonym(digits) END AS person,
    coalesce(CASE WHEN fault IS NULL THEN nip_kind(digits) END, stated_employment(employment), 'unknown') AS employment_type,
    government_code,
    nullif(trim(agency), '') AS agency_name,
    position_class_of('', "position") AS position_class,
    p.code AS region_code,
    v.code AS claimed_violation_code,
    e.code AS claimed_election_code,
    CASE WHEN regexp_matches(bare(channel), 'temuan') THEN 'temuan' WHEN regexp_matches(bare(channel), 'lapor') THEN 'laporan' ELSE 'unknown' END AS channel,
    occurred_on, reported_on, registered_on, forwarded_on, recommended_on,
    r.code AS recommended_sanction_code,
    ppk_decided_on,
    CASE WHEN regexp_matches(bare(signer), '^(pj|pjs|plt|plh|penjabat|pelaksana)') THEN 'acting' WHEN bare(signer) = '' THEN NULL ELSE 'definitive' END AS signer,
    i.code AS imposed_sanction_code,
    delivered_on, effective_on, appealed_on, annulled_on, blocked_on, unblocked_on,
    CASE
        WHEN regexp_matches(bare(final_status), 'tidak terbukti|bukan pelanggaran') THEN 'not_proven'
        WHEN regexp_matches(bare(final_status), 'henti|tidak diregistrasi|ditolak|dicabut|tidak memenuhi') THEN 'dropped'
        WHEN regexp_matches(bare(final_status), 'diperiksa|pemeriksaan|verifikasi|diproses|proses') THEN 'in_progress'
    END AS stated_end,
    concat_ws(';',
        CASE WHEN fault = 'nip_missing' THEN 'nip_missing' WHEN fault IS NOT NULL THEN 'nip_unreadable' END,
        CASE WHEN looks_personal(register_number) OR looks_personal(bawaslu_number) THEN 'register_number_unusable' END,
        CASE WHEN trim(coalesce(violation, '')) <> '' AND v.code IS NULL THEN 'violation_not_recognised' END,
        CASE WHEN trim(coalesce(election, '')) <> '' AND e.code IS NULL THEN 'election_not_recognised' END,
        CASE WHEN (trim(coalesce(recommended_sanction, '')) <> '' AND r.code IS NULL) OR (trim(coalesce(imposed_sanction, '')) <> '' AND i.code IS NULL) THEN 'sanction_not_recognised' END
    ) AS caveats,
    number_key(register_number) AS register_key,
    number_key(bawaslu_number) AS bawaslu_key,
    number_key(forwarding_number) AS forwarding_key,
    number_key(recommendation_number) AS recommendation_key,
    number_key(decision_number) AS decision_key,
    number_key(annulment_number) AS annulment_key,
    kept_number(register_number) AS register_text,
    kept_number(bawaslu_number) AS bawaslu_text,
    kept_number(forwarding_number) AS forwarding_text,
    kept_number(recommendation_number) AS recommendation_text,
    kept_number(decision_number) AS decision_text,
    kept_number(annulment_number) AS annulment_text,
    is_simulated
FROM cases c
LEFT JOIN meanings p ON p.field = 'place' AND p.written = c.place_text
LEFT JOIN meanings v ON v.field = 'violation' AND v.written = c.violation
LEFT JOIN meanings e ON e.field = 'election' AND e.written = c.election
LEFT JOIN meanings r ON r.field = 'sanction' AND r.written = c.recommended_sanction
LEFT JOIN meanings i ON i.field = 'sanction' AND i.written = c.imposed_sanction
WHERE rule IS NULL
ORDER BY row_number
