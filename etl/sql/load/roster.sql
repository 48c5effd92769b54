-- Every line of the file in its order (rowid is its place): the number as a number where it is one, else as it was written.
CREATE OR REPLACE TEMP TABLE roster AS
SELECT
    CASE
        WHEN regexp_full_match(nip, '[0-9]{18}') THEN nip::BIGINT
        WHEN regexp_full_match(bare_nip(nip), '[0-9]{18}') THEN bare_nip(nip)::BIGINT
    END AS number,
    CASE WHEN number IS NULL THEN left(coalesce(nip, ''), 60) END AS written,
    CASE WHEN number IS NULL THEN coalesce(first_cell, '') END AS first_cell,
    coalesce(agency, '')::agency_cell AS agency,
    coalesce(employment, '')::employment_cell AS employment,
    coalesce(position_type, '')::position_type_cell AS position_type,
    coalesce("position", '')::position_cell AS "position",
    coalesce(rank, '')::rank_cell AS rank,
    coalesce(gender, '')::gender_cell AS gender,
    coalesce(birth, '')::birth_cell AS birth,
    coalesce(work_government, '')::work_government_cell AS work_government,
    coalesce(home_government, '')::home_government_cell AS home_government,
    coalesce(standing, '')::standing_cell AS standing,
    coalesce(simulated, '')::simulated_cell AS simulated
FROM fields
