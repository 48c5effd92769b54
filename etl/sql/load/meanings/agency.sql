-- The name of an agency in each text of `texts`, or NULL; whether there is one, and whether it is the name of a person instead, which is never published.
SELECT place, names_a_person(text_value) AS is_person,
    CASE WHEN regexp_matches(text_value, '\d{9}') THEN NULL WHEN is_person THEN 'Tidak diketahui' ELSE cell(text_value) END AS agency_name,
    agency_name IS NOT NULL AS is_named
FROM texts
