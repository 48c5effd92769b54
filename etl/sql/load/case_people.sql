-- What the vault keeps of a register: dates, codes and a pseudonym. No name, no number of a person, no narrative.
SELECT
    row_number,
    sha256(coalesce(register, $sha256 || row_number)) AS register_hash,
    CASE WHEN fault IS NULL THEN pseudonym(digits) END AS person,
    coalesce(CASE WHEN fault IS NULL THEN nip_kind(digits) END, stated_employment(employment), 'unknown') AS employment_type,
    government_code,
    nullif(trim(agency), '') AS agency_name,
    position_class_of('', "position") AS position_class,
    (SELECT any_value(code) FROM meanings WHERE field = 'place' AND written = place) AS region_code,
    (SELECT any_value(code) FROM meanings WHERE field = 'violation' AND written = violation) AS claimed_violation_code,
    (SELECT any_value(code) FROM meanings WHERE field = 'election' AND written = election) AS claimed_election_code,
    CASE WHEN regexp_matches(bare(channel), 'temuan') THEN 'temuan' WHEN regexp_matches(bare(channel), 'lapor') THEN 'laporan' ELSE 'unknown' END AS channel,
    occurred_on, reported_on, registered_on, forwarded_on, recommended_on,
    (SELECT any_value(code) FROM meanings WHERE field = 'sanction' AND written = recommended_sanction) AS recommended_sanction_code,
    ppk_decided_on,
    CASE WHEN regexp_matches(bare(signer), '^(pj|pjs|plt|plh|penjabat|pelaksana)') THEN 'acting' WHEN bare(signer) = '' THEN NULL ELSE 'definitive' END AS signer,
    (SELECT any_value(code) FROM meanings WHERE field = 'sanction' AND written = imposed_sanction) AS imposed_sanction_code,
    delivered_on, effective_on, appealed_on, annulled_on, blocked_on, unblocked_on,
    CASE
        WHEN regexp_matches(bare(final_status), 'tidak terbukti|bukan pelanggaran') THEN 'not_proven'
        WHEN regexp_matches(bare(final_status), 'henti|tidak diregistrasi|ditolak|dicabut|tidak memenuhi') THEN 'dropped'
        WHEN regexp_matches(bare(final_status), 'diperiksa|pemeriksaan|verifikasi|diproses|proses') THEN 'in_progress'
    END AS stated_end,
    concat_ws(';',
        CASE WHEN fault = 'nip_missing' THEN 'nip_missing' WHEN fault IS NOT NULL THEN 'nip_unreadable' END,
        CASE WHEN trim(coalesce(violation, '')) <> '' AND NOT EXISTS (SELECT 1 FROM meanings WHERE field = 'violation' AND written = violation) THEN 'violation_not_recognised' END,
        CASE WHEN trim(coalesce(election, '')) <> '' AND NOT EXISTS (SELECT 1 FROM meanings WHERE field = 'election' AND written = election) THEN 'election_not_recognised' END,
        CASE WHEN trim(concat(recommended_sanction, imposed_sanction)) <> '' AND NOT EXISTS (SELECT 1 FROM meanings WHERE field = 'sanction' AND written IN (recommended_sanction, imposed_sanction)) THEN 'sanction_not_recognised' END
    ) AS caveats,
    is_simulated
FROM cases
WHERE rule IS NULL
ORDER BY row_number
