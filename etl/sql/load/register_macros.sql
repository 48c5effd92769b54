-- Readings that registers of cases and discipline histories share: the numbers of files, letters and decisions.

-- A number as its parts, without "Nomor", punctuation, case and leading zeros: 001/LP/PB/KAB/X/2024 and "No. 1/LP/PB/Kab/X/2024" are one.
CREATE OR REPLACE TEMP MACRO number_parts(text_value) AS
    list_transform(
        list_filter(string_split(bare(regexp_replace(coalesce(text_value, ''), '^\s*((no|nomor|nomer|reg|register|registrasi)\b[\s.:]*)+', '', 'i')), ' '), lambda part: part <> ''),
        lambda part: regexp_replace(part, '^0+(\d)', '\1'));

-- A number of a person in the wrong column: nine digits and more in one piece, or fifteen and more with spaces, dots or dashes
-- between them. Nothing is ever made of it, not even a hash.
CREATE OR REPLACE TEMP MACRO looks_personal(text_value) AS
    regexp_matches(coalesce(text_value, ''), '\d{9,}')
    OR regexp_matches(regexp_replace(coalesce(text_value, ''), '[\s.''"_-]', '', 'g'), '\d{15,}');

CREATE OR REPLACE TEMP MACRO plain_number(text_value) AS
    CASE WHEN NOT looks_personal(text_value) AND regexp_matches(text_value, '\d') THEN nullif(array_to_string(number_parts(text_value), '/'), '') END;

-- What tells a number apart across files: at least three parts. "12" or "12/2024" stand in every register.
CREATE OR REPLACE TEMP MACRO number_key(text_value) AS
    CASE WHEN NOT looks_personal(text_value) AND len(number_parts(text_value)) >= 3 THEN sha256(plain_number(text_value)) END;

-- What the vault keeps as text for the operator's lists: letters, digits and separators with a digit, and no two words that could be a name.
CREATE OR REPLACE TEMP MACRO kept_number(text_value) AS
    CASE WHEN regexp_full_match(trim(text_value), '[0-9A-Za-z ./\-]{3,80}') AND regexp_matches(text_value, '\d')
            AND NOT regexp_matches(text_value, '[A-Za-z]{3,} +[A-Za-z]{3,}') AND NOT looks_personal(text_value)
        THEN trim(text_value) END;

CREATE OR REPLACE TEMP MACRO months_of(years, months) AS
    nullif(12 * coalesce(try_cast(trim(years) AS INTEGER), 0) + coalesce(try_cast(trim(months) AS INTEGER), 0), 0);

-- A sanction whose name leaves its length to the columns beside it.
CREATE OR REPLACE TEMP MACRO sanction_for(name, years, months) AS
    CASE WHEN months_of(years, months) % 12 = 0 AND regexp_matches(lower(name), 'pangkat') THEN name || ' ' || months_of(years, months) // 12 || ' tahun'
    ELSE name || ' ' || months_of(years, months) || ' bulan' END;
