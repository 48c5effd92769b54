SELECT
    figure_id, scope, province_code, regency_code, government_name, election,
    CASE election
        WHEN 'Pilkada Ulang 2025' THEN 'PILKADAULANG2025-BARITOUTARA'
        ELSE upper(replace(election, ' ', ''))
    END AS election_code,
    period_start, period_end, stage,
    CASE WHEN asn_count IS NOT NULL THEN 'persons' ELSE 'cases' END AS unit,
    coalesce(asn_count, case_count)::BIGINT AS count,
    violation_type, sanction_severity, employment_type, position_group, is_cumulative::BOOLEAN AS is_cumulative,
    source_title, publisher, published_date, url, note
FROM published.violations
