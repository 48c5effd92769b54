-- The numbers of lines whose cell holds 18 digits among spaces, dots, quotes and apostrophes.
SELECT place, bare_nip(nip)::BIGINT AS number FROM unread_numbers WHERE regexp_full_match(bare_nip(nip), '[0-9]{18}')
