-- What the vault keeps of the people that are in order: pseudonym and the used columns, nothing else.
SELECT
    pseudonym(number::VARCHAR) AS person, employment_type::VARCHAR AS employment_type, agency_name, position_class::VARCHAR AS position_class,
    rank_group::VARCHAR AS rank_group, gender::VARCHAR AS gender, age_band::VARCHAR AS age_band, is_active,
    cell(home_government::VARCHAR) AS home_government, cell(work_government::VARCHAR) AS work_government, is_simulated
FROM persons JOIN agencies USING (agency)
