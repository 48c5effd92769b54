-- Cases of the current build that may stand twice, with their numbers, so that somebody who knows can say.
SELECT c.case_id, c.person_number, c.government_code, c.source_id, coalesce(e.register_text, e.bawaslu_text) AS number, c.occurred_on
FROM warehouse.core_case c
LEFT JOIN staging.member m ON m.case_id = c.case_id AND m.person_number = c.person_number AND m.source_id = c.source_id
LEFT JOIN staging.entry e ON e.entry = m.entry
WHERE list_contains(string_split(c.caveats, ';'), 'possible_duplicate')
ORDER BY ALL
