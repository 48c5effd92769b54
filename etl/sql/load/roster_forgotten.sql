-- The numbers in this file of persons who have been forgotten at their wish. Parameter: $forgotten the list of pseudonyms.
CREATE OR REPLACE TEMP TABLE forgotten AS
SELECT number FROM persons WHERE pseudonym(number::VARCHAR) IN (SELECT person FROM read_parquet($forgotten))
