-- Lines of people that cannot be used, with the rule that each breaks (process.md section 5.3) and the used cells as they were written. Lines
-- without 18 digits get their rule here; those with a number have it already.
CREATE OR REPLACE TEMP TABLE refused AS
SELECT
    place, nip_text_fault(left(coalesce(nip, ''), 60), bare_nip(left(coalesce(nip, ''), 60))) AS rule, left(coalesce(nip, ''), 60) AS nip,
    agency, employment, position_type, "position", rank, gender, birth, work_government, home_government, standing, simulated
FROM unread_lines ANTI JOIN odd USING (place)
UNION ALL BY NAME
SELECT
    place, rule, number::VARCHAR AS nip, agency, employment, position_type, "position", rank, gender, birth, work_government, home_government,
    standing, simulated
FROM broken_lines
