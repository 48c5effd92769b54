-- What a person's number or name could hide in goes before anything is judged or kept: a number of a person in any cell becomes "…", a
-- count that is no number keeps its shape only, and of the remark nothing stays but the mark of simulated data.
CREATE OR REPLACE TEMP TABLE raw AS
SELECT * REPLACE (
    without_numbers(held) AS held, without_numbers(kind) AS kind, without_numbers(government) AS government,
    without_numbers(government_number) AS government_number, without_numbers(issuer) AS issuer, without_numbers(audience) AS audience,
    without_numbers(election) AS election, without_numbers(letter_number) AS letter_number,
    shape_of_count(participants) AS participants, shape_of_count(signatures) AS signatures,
    usable_address(url) AS url,
    CASE WHEN is_marked_simulated(simulated) THEN simulated END AS simulated)
FROM (SELECT *, trim(coalesce(url, '')) <> '' AND usable_address(url) IS NULL AS is_address_unusable FROM raw)
