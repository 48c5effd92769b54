SELECT
    code AS limit_code, stage, election_type, regime, from_column, days::INTEGER AS days, unit, short_days::INTEGER AS short_days, short_unit,
    valid_from::DATE AS valid_from, judged, legal_basis, source_url, note_id, note_en
FROM reference.followup_limits
