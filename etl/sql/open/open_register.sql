-- What is told of the registers themselves, coarsely enough to say nothing of a case. The month in which a register last moved is its
-- province's own where the number of its persons is published; else that of all registers together.
WITH steps AS (
    SELECT province_code, is_simulated, as_of, coalesce(to_on, from_on) AS step_on FROM mart_followup
),
latest AS (
    SELECT province_code, bool_or(is_simulated) AS is_simulated, max(as_of) AS as_of, max(step_on) AS last_on FROM steps GROUP BY province_code
),
told AS (
    SELECT place_code FROM open_cell WHERE level = 'province' AND period = 'whole' AND measure = 'persons' AND state = 'published'
)
SELECT
    province_code, is_simulated,
    (SELECT date_trunc('year', min(event_on))::DATE FROM mart_case) AS first_on,
    date_trunc('month', least(as_of, coalesce(
        CASE WHEN province_code IN (SELECT place_code FROM told) THEN last_on ELSE max(last_on) OVER () END, as_of)))::DATE AS last_on
FROM latest
WHERE province_code IN (SELECT place_code FROM open_cell WHERE level = 'province')
