-- Decisions about neutrality that no case of a register explains, with their number where the vault has it.
SELECT d.record_id, d.government_code, d.decided_on, d.sanction_code, d.severity, d.is_annulled, r.decision_text, d.source_id
FROM warehouse.core_discipline d LEFT JOIN staging.discipline_record r ON r.record_id = d.record_id
WHERE d.is_neutrality AND d.case_id IS NULL
ORDER BY ALL
