-- Every row of every register, with the side that keeps it, whom to believe first, and what tells one case in two registers.
WITH sided AS (
    SELECT c.*, publisher_role(coalesce(s.publisher, s.source_id)) AS role
    FROM staging.cases c JOIN staging.source s ON s.source_id = c.source_id
)
SELECT
    *,
    source_id || '#' || row_number AS entry,
    source_id || '/' || register_hash AS case_file,
    count(*) OVER (PARTITION BY source_id, register_hash) AS persons,
    -- The supervisor's own number of the case, in whichever column it stands.
    coalesce(bawaslu_key, CASE WHEN role = 'supervisor' THEN register_key END) AS supervisor_key,
    CASE role WHEN 'supervisor' THEN '0' WHEN 'personnel' THEN '1' ELSE '2' END || source_id AS supervisor_first,
    CASE role WHEN 'personnel' THEN '0' WHEN 'supervisor' THEN '1' ELSE '2' END || source_id AS personnel_first
FROM sided
