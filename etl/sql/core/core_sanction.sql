SELECT
    code AS sanction_code, severity, rank::INTEGER AS rank, name_id, name_en, legal_basis, regime, applies_to,
    siasn_jenis_hukuman_id AS siasn_id, valid_from::DATE AS valid_from, valid_to::DATE AS valid_to, source_url, note
FROM reference.sanctions
