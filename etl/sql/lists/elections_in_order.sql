SELECT * FROM core_election ORDER BY voting_on, election_code
