SELECT correction_id, scope, code
FROM published.correction_scopes
