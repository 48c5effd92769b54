-- Which agency a written name means, and from when to when. Each name has periods without gap or overlap, so that a join on the day
-- keeps every head. What a human has decided (staging.agency_period) comes before what is written; what is no name of an agency
-- has is_named false and goes to "Tidak diketahui".
CREATE TABLE staging.agency_name AS
WITH written AS (
    SELECT DISTINCT government_code, written FROM staging.agency_seen
    UNION
    SELECT coalesce(regency_code, province_code), agency_name FROM published.agencies
),
decided AS (SELECT *, agency_key(government_code, written) AS key FROM staging.agency_period),
resolved AS (
    SELECT
        w.government_code, w.written,
        CASE WHEN is_no_agency(w.written) THEN 'Tidak diketahui' ELSE coalesce(d.official, w.written) END AS name,
        NOT is_no_agency(w.written) AS is_named,
        coalesce(d.valid_from, DATE '0001-01-01') AS valid_from, coalesce(d.valid_to, DATE '9999-12-31') AS valid_to
    FROM written w
    LEFT JOIN decided d ON d.key = agency_key(w.government_code, w.written)
)
SELECT *, agency_key(government_code, name) AS agency_id FROM resolved
