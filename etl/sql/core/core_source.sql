SELECT
    source_id, kind, government_code, publisher, file_name, sha256, as_of, rows_read, rows_loaded, rows_rejected, rows_skipped,
    pns_active, pppk_active, pns_forgotten, pppk_forgotten, expect_pns, expect_pppk, control_verdict, warnings, is_simulated
FROM staging.source
