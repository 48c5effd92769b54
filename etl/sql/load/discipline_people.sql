-- What the vault keeps of a history of discipline: dates, codes, a pseudonym, and numbers of letters. Neither the path of a
-- scanned decision nor the remark is ever read. $levels: the level (R, S, B) that SIASN gives each sanction.
WITH meant AS (
    SELECT
        d.*,
        coalesce(i.code, n.code, l.code) AS sanction_code,
        i.code IS NOT NULL AND coalesce(n.code, l.code) IS NOT NULL AND i.code <> coalesce(n.code, l.code) AS is_contradicted,
        lifted.code IS NULL AS is_sanction,
        -- The id of the reason is SIASN's own; the words win where somebody corrected them to speak of an election.
        CASE
            WHEN 'true' IN (coalesce(ri.code, ''), coalesce(rn.code, '')) THEN true
            WHEN 'false' IN (coalesce(ri.code, ''), coalesce(rn.code, '')) THEN false
        END AS is_neutrality
    FROM discipline d
    LEFT JOIN meanings i ON i.field = 'sanction_id' AND i.written = d.sanction_id
    LEFT JOIN meanings n ON n.field = 'sanction' AND n.written = d.sanction
    LEFT JOIN meanings l ON l.field = 'sanction_for' AND l.written = sanction_for(d.sanction, d.years, d.months)
    LEFT JOIN meanings lifted ON lifted.field = 'lifted' AND lifted.written = coalesce(nullif(trim(d.sanction_id), ''), d.sanction)
    LEFT JOIN meanings ri ON ri.field = 'reason' AND ri.written = d.reason_id
    LEFT JOIN meanings rn ON rn.field = 'reason' AND rn.written = d.reason
    WHERE rule IS NULL
)
SELECT
    row_number,
    sha256(coalesce(record, $sha256 || row_number)) AS record_hash,
    pseudonym(digits) AS person,
    government_code, decided_on, started_on, ended_on,
    months_of(years, months) AS months,
    CASE WHEN regexp_matches(regulation, '\b94\b') THEN 'PP94' WHEN regexp_matches(regulation, '\b53\b') THEN 'PP53' WHEN regexp_matches(regulation, '\b42\b') THEN 'PP42' END AS regulation,
    sanction_code, is_sanction, is_neutrality, annulled_on,
    number_key(decision_number) AS decision_key,
    number_key(annulment_number) AS annulment_key,
    kept_number(decision_number) AS decision_text,
    kept_number(annulment_number) AS annulment_text,
    concat_ws(';',
        CASE WHEN sanction_code IS NULL AND is_sanction THEN 'sanction_not_recognised' END,
        CASE WHEN is_contradicted THEN 'sanction_disagrees' END,
        CASE WHEN map_extract_value($levels::MAP(VARCHAR, VARCHAR), sanction_code) <> left(upper(trim(level)), 1)
            AND left(upper(trim(level)), 1) IN ('R', 'S', 'B') THEN 'level_disagrees' END,
        CASE WHEN is_neutrality IS NULL THEN 'reason_does_not_tell' END,
        CASE WHEN annulled_on < decided_on OR started_on < decided_on THEN 'dates_out_of_order' END
    ) AS caveats,
    is_simulated
FROM meant
ORDER BY row_number
