SELECT election_code, region_code, contest, coverage, confidence, source_url FROM reference.elections_regions
