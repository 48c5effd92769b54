-- Readings that build steps share.
CREATE OR REPLACE TEMP MACRO agency_key(government, name) AS
    government || '-' || replace(regexp_replace(trim(regexp_replace(replace(lower(name), '&', ' dan '), '[^0-9a-z]+', ' ', 'g')),
        '( (prov|provinsi|kab|kabupaten))+$', ''), ' ', '-');

CREATE OR REPLACE TEMP MACRO title_case(name) AS
    list_reduce(list_transform(string_split(lower(name), ' '), lambda word:
        CASE WHEN word IN ('dan', 'dr.', 'di', 'dalam', 'untuk') THEN word WHEN word IN ('rsud', 'dprd', 'rsjd') THEN upper(word)
        ELSE upper(left(word, 1)) || substr(word, 2) END), lambda whole, word: whole || ' ' || word);

CREATE OR REPLACE TEMP MACRO agency_type_of(name) AS
    CASE
        WHEN regexp_matches(lower(name), '^(sekretariat|setda|setwan)') THEN 'sekretariat'
        WHEN regexp_matches(lower(name), '^(biro|bagian)\b') THEN 'biro'
        WHEN regexp_matches(lower(name), '^inspektorat') THEN 'inspektorat'
        WHEN regexp_matches(lower(name), '^badan') THEN 'badan'
        WHEN regexp_matches(lower(name), '^dinas') THEN 'dinas'
        WHEN regexp_matches(lower(name), '^(rsud|rsjd|rumah sakit)') THEN 'rsud'
        WHEN regexp_matches(lower(name), '^(satuan polisi|satpol)') THEN 'satpol'
        WHEN regexp_matches(lower(name), '^(kecamatan|kelurahan|distrik)') THEN 'kecamatan'
        ELSE 'unknown'
    END;

-- Severity from light to heavy. Moral sanctions are never counted as light discipline; criminal sanctions are another track.
CREATE OR REPLACE TEMP MACRO severity_step(severity) AS
    CASE severity WHEN 'moral' THEN 0 WHEN 'light' THEN 1 WHEN 'medium' THEN 2 WHEN 'heavy' THEN 3 END;

-- Which side keeps a register, by the name of its publisher: the election supervisor, the personnel side, or another.
CREATE OR REPLACE TEMP MACRO publisher_role(name) AS
    CASE
        WHEN regexp_matches(lower(name), 'bawaslu|panwas|pengawas pemil') THEN 'supervisor'
        WHEN regexp_matches(lower(name), '\b(bkd|bkpsdm|bkpp|bkn|kasn|ppk)\b|kepegawaian|inspektorat') THEN 'personnel'
        ELSE 'other'
    END;

-- The value of the register that is asked first among those that state one.
CREATE OR REPLACE TEMP MACRO told(value, turn) AS arg_min(value, turn) FILTER (WHERE value IS NOT NULL);

-- The last day that a date written as a year, a month or a day may mean.
CREATE OR REPLACE TEMP MACRO last_day_of(written) AS
    CASE length(written)
        WHEN 4 THEN make_date(written::BIGINT, 12, 31)
        WHEN 7 THEN last_day((written || '-01')::DATE)
        WHEN 10 THEN written::DATE
    END;
