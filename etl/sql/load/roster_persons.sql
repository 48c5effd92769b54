-- Every person of the file once, with what the texts mean. Parameters: $as_of; $shift years added to simulated births.
CREATE OR REPLACE TEMP TABLE persons AS
WITH set_aside AS MATERIALIZED (SELECT place FROM odd UNION ALL SELECT place FROM refused UNION ALL SELECT place FROM repeated)
SELECT
    number,
    employment_of(number)::employment_type AS employment_type,
    r.agency, position_class,
    CASE employment_of(number) WHEN 'PNS' THEN pns_group ELSE pppk_group END AS rank_group,
    CASE WHEN g.stated <> 'unknown' THEN g.stated WHEN number // 1000 % 10 = 1 THEN 'male' ELSE 'female' END::gender AS gender,
    age_band_of((strftime($as_of::DATE, '%Y%m%d')::INTEGER - number // 10000000000 - CASE WHEN is_simulated THEN $shift::INTEGER * 10000 ELSE 0 END) // 10000)::age_band AS age_band,
    is_active, home_government, work_government, is_simulated
FROM roster r
JOIN positions p ON p.position_type = r.position_type AND p."position" = r."position"
JOIN ranks k ON k.rank = r.rank
JOIN genders g ON g.gender = r.gender
JOIN standings s ON s.standing = r.standing
JOIN marks m ON m.simulated = r.simulated
ANTI JOIN set_aside x ON x.place = r.rowid
