-- What the vault keeps of changed numbers: the pseudonym of the old one and of the one that took its place.
SELECT DISTINCT pseudonym(old_digits) AS person, pseudonym(new_digits) AS person_now FROM numbers WHERE rule IS NULL
