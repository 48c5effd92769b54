-- Back to plain texts after a large file.
DROP TABLE IF EXISTS persons;
DROP TABLE IF EXISTS roster;
DROP TABLE IF EXISTS agencies; DROP TABLE IF EXISTS employments; DROP TABLE IF EXISTS governments; DROP TABLE IF EXISTS positions;
DROP TABLE IF EXISTS ranks; DROP TABLE IF EXISTS genders; DROP TABLE IF EXISTS births; DROP TABLE IF EXISTS standings; DROP TABLE IF EXISTS marks;
DROP TYPE IF EXISTS agency_cell; DROP TYPE IF EXISTS employment_cell; DROP TYPE IF EXISTS position_type_cell; DROP TYPE IF EXISTS position_cell;
DROP TYPE IF EXISTS rank_cell; DROP TYPE IF EXISTS gender_cell; DROP TYPE IF EXISTS birth_cell; DROP TYPE IF EXISTS work_government_cell;
DROP TYPE IF EXISTS home_government_cell; DROP TYPE IF EXISTS standing_cell; DROP TYPE IF EXISTS simulated_cell;
CREATE TYPE agency_cell AS VARCHAR;
CREATE TYPE employment_cell AS VARCHAR;
CREATE TYPE position_type_cell AS VARCHAR;
CREATE TYPE position_cell AS VARCHAR;
CREATE TYPE rank_cell AS VARCHAR;
CREATE TYPE gender_cell AS VARCHAR;
CREATE TYPE birth_cell AS VARCHAR;
CREATE TYPE work_government_cell AS VARCHAR;
CREATE TYPE home_government_cell AS VARCHAR;
CREATE TYPE standing_cell AS VARCHAR;
CREATE TYPE simulated_cell AS VARCHAR;
