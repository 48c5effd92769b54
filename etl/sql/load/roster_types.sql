-- A type for each column with few different texts, so that a row of a large file keeps a small number instead of the text. Small files do without:
-- their types are plain texts, and making types costs more than it saves.
DROP TABLE IF EXISTS persons;
DROP TABLE IF EXISTS roster;
DROP TABLE IF EXISTS agencies; DROP TABLE IF EXISTS employments; DROP TABLE IF EXISTS governments; DROP TABLE IF EXISTS positions;
DROP TABLE IF EXISTS ranks; DROP TABLE IF EXISTS genders; DROP TABLE IF EXISTS births; DROP TABLE IF EXISTS standings; DROP TABLE IF EXISTS marks;
DROP TYPE IF EXISTS agency_cell; DROP TYPE IF EXISTS employment_cell; DROP TYPE IF EXISTS position_type_cell; DROP TYPE IF EXISTS position_cell;
DROP TYPE IF EXISTS rank_cell; DROP TYPE IF EXISTS gender_cell; DROP TYPE IF EXISTS birth_cell; DROP TYPE IF EXISTS work_government_cell;
DROP TYPE IF EXISTS home_government_cell; DROP TYPE IF EXISTS standing_cell; DROP TYPE IF EXISTS simulated_cell;
CREATE OR REPLACE TEMP TABLE cells AS
SELECT
    list(DISTINCT coalesce(agency, '')) AS agency,
    list(DISTINCT coalesce(employment, '')) AS employment,
    list(DISTINCT coalesce(position_type, '')) AS position_type,
    list(DISTINCT coalesce("position", '')) AS "position",
    list(DISTINCT coalesce(rank, '')) AS rank,
    list(DISTINCT coalesce(gender, '')) AS gender,
    list(DISTINCT coalesce(birth, '')) AS birth,
    list(DISTINCT coalesce(work_government, '')) AS work_government,
    list(DISTINCT coalesce(home_government, '')) AS home_government,
    list(DISTINCT coalesce(standing, '')) AS standing,
    list(DISTINCT coalesce(simulated, '')) AS simulated
FROM fields;
CREATE TYPE agency_cell AS ENUM (SELECT unnest(agency) FROM cells);
CREATE TYPE employment_cell AS ENUM (SELECT unnest(employment) FROM cells);
CREATE TYPE position_type_cell AS ENUM (SELECT unnest(position_type) FROM cells);
CREATE TYPE position_cell AS ENUM (SELECT unnest("position") FROM cells);
CREATE TYPE rank_cell AS ENUM (SELECT unnest(rank) FROM cells);
CREATE TYPE gender_cell AS ENUM (SELECT unnest(gender) FROM cells);
CREATE TYPE birth_cell AS ENUM (SELECT unnest(birth) FROM cells);
CREATE TYPE work_government_cell AS ENUM (SELECT unnest(work_government) FROM cells);
CREATE TYPE home_government_cell AS ENUM (SELECT unnest(home_government) FROM cells);
CREATE TYPE standing_cell AS ENUM (SELECT unnest(standing) FROM cells);
CREATE TYPE simulated_cell AS ENUM (SELECT unnest(simulated) FROM cells);
