-- What each different text of a column means. Parameter: $as_of date of the snapshot; births lie at least 15 years before it.
CREATE OR REPLACE TEMP TABLE agencies AS
SELECT text_value::agency_cell AS agency, names_a_person(text_value) AS is_person,
    CASE WHEN regexp_matches(text_value, '\d{9}') THEN NULL WHEN is_person THEN 'Tidak diketahui' ELSE cell(text_value) END AS agency_name
FROM (SELECT DISTINCT agency::VARCHAR AS text_value FROM roster);
CREATE OR REPLACE TEMP TABLE employments AS
SELECT text_value::employment_cell AS employment, stated_employment(text_value) AS stated FROM (SELECT DISTINCT employment::VARCHAR AS text_value FROM roster);
CREATE OR REPLACE TEMP TABLE ranks AS
SELECT text_value::rank_cell AS rank, rank_group_of(text_value, 'PNS')::rank_group AS pns_group, rank_group_of(text_value, 'PPPK')::rank_group AS pppk_group
FROM (SELECT DISTINCT rank::VARCHAR AS text_value FROM roster);
CREATE OR REPLACE TEMP TABLE genders AS
SELECT text_value::gender_cell AS gender, gender_of(text_value, '')::gender AS stated FROM (SELECT DISTINCT gender::VARCHAR AS text_value FROM roster);
CREATE OR REPLACE TEMP TABLE standings AS
SELECT text_value::standing_cell AS standing, counts_as_active(text_value) AS is_active FROM (SELECT DISTINCT standing::VARCHAR AS text_value FROM roster);
CREATE OR REPLACE TEMP TABLE marks AS
SELECT text_value::simulated_cell AS simulated, is_marked_simulated(text_value) AS is_simulated FROM (SELECT DISTINCT simulated::VARCHAR AS text_value FROM roster);
CREATE OR REPLACE TEMP TABLE positions AS
SELECT position_type, "position", position_class_of(position_type::VARCHAR, "position"::VARCHAR)::position_class AS position_class
FROM (SELECT DISTINCT position_type, "position" FROM roster);
