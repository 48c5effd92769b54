-- A declared control total that does not match stops publication unless an operator accepted it by name.
SELECT source_id, pns_active, expect_pns, pppk_active, expect_pppk FROM core_source
WHERE control_verdict <> 'mismatch_accepted' AND (expect_pns <> pns_active + pns_forgotten OR expect_pppk <> pppk_active + pppk_forgotten)
