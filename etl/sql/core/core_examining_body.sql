SELECT lower(body) AS body, valid_from::DATE AS valid_from, nullif(valid_to, '')::DATE AS valid_to
FROM reference.examining_bodies
