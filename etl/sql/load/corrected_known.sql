-- The corrected numbers of persons whom the source already has. Parameter: $people the source's people in the vault.
CREATE OR REPLACE TEMP TABLE known AS
SELECT number FROM persons WHERE pseudonym(number::VARCHAR) IN (SELECT person FROM read_parquet($people))
