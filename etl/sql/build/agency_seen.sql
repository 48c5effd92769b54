-- Every name of an agency as rosters and cases write it, read once: where, when, and for how many persons.
CREATE TABLE staging.agency_seen AS
SELECT government_code, agency_name AS written, 'roster' AS kind, source_id, as_of AS seen_on, sum(headcount)::BIGINT AS persons
FROM staging.workforce GROUP BY ALL
UNION ALL
SELECT government_code, agency_name, 'cases', source_id, coalesce(occurred_on, reported_on, registered_on), count(*)
FROM staging.case_person WHERE agency_name IS NOT NULL GROUP BY ALL
