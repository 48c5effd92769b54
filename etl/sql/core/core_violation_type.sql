SELECT
    v.code AS violation_code, v.category, v.phase AS phase_rule, v.name_id, v.name_en, v.legal_basis,
    v.sanction_min, v.sanction_max, c.before_code, c.after_code, v.source_url, v.note
FROM reference.violation_types v LEFT JOIN reference.violation_counterparts c ON c.violation_code = v.code
