-- The rank group in each text of `texts`, read as one of a PNS and as one of a PPPK.
SELECT place, rank_group_of(text_value, 'PNS') AS pns_group, rank_group_of(text_value, 'PPPK') AS pppk_group FROM texts
