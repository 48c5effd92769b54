-- What the vault keeps of the rows that are in order: pseudonym and the used columns, nothing else.
-- Parameters: $as_of date of the snapshot; $shift years added to simulated birth years.
WITH accepted AS MATERIALIZED (
    SELECT
        digits, employment_type, agency_name, is_simulated, home_government,
        coalesce(position_type, '') AS position_type, coalesce("position", '') AS position_name,
        coalesce(rank, '') AS rank, coalesce(gender, '') AS gender, coalesce(standing, '') AS standing
    FROM roster WHERE rule IS NULL
),
positions AS (
    SELECT position_type, position_name, position_class_of(position_type, position_name) AS position_class
    FROM (SELECT DISTINCT position_type, position_name FROM accepted)
),
ranks AS (
    SELECT rank, employment_type, rank_group_of(rank, employment_type) AS rank_group
    FROM (SELECT DISTINCT rank, employment_type FROM accepted)
),
genders AS (
    SELECT gender, gender_digit, gender_of(gender, repeat(gender_digit, 15)) AS read_gender
    FROM (SELECT DISTINCT gender, substr(digits, 15, 1) AS gender_digit FROM accepted)
),
standings AS (SELECT standing, counts_as_active(standing) AS is_active FROM (SELECT DISTINCT standing FROM accepted))
SELECT
    pseudonym(digits) AS person,
    a.employment_type, agency_name, position_class, rank_group,
    read_gender AS gender,
    age_band_of(date_sub('year', nip_birth(digits) + CASE WHEN is_simulated THEN to_years($shift) ELSE to_years(0) END, $as_of::DATE)) AS age_band,
    is_active, home_government, is_simulated
FROM accepted a
JOIN positions USING (position_type, position_name)
JOIN ranks r ON r.rank = a.rank AND r.employment_type = a.employment_type
JOIN genders g ON g.gender = a.gender AND g.gender_digit = substr(a.digits, 15, 1)
JOIN standings USING (standing)
ORDER BY agency_name, person
