-- Readings of text that load steps share. No value of a reader ever reaches this file.
CREATE TYPE employment_type AS ENUM ('PNS', 'PPPK');
CREATE TYPE gender AS ENUM ('male', 'female', 'unknown');
CREATE TYPE age_band AS ENUM ('under_30', '30_39', '40_49', '50_plus', 'unknown');
CREATE TYPE position_class AS ENUM ('jpt', 'administrator', 'pengawas', 'fungsional', 'pelaksana', 'unknown');
CREATE TYPE rank_group AS ENUM ('PNS-I', 'PNS-II', 'PNS-III', 'PNS-IV', 'PPPK-I', 'PPPK-II', 'PPPK-III', 'PPPK-IV', 'PPPK-V', 'PPPK-VI',
    'PPPK-VII', 'PPPK-VIII', 'PPPK-IX', 'PPPK-X', 'PPPK-XI', 'PPPK-XII', 'PPPK-XIII', 'PPPK-XIV', 'PPPK-XV', 'PPPK-XVI', 'PPPK-XVII', 'unknown');

-- A cell without its blanks; a lone dash is an empty cell.
CREATE OR REPLACE TEMP MACRO cell(text_value) AS CASE WHEN trim(text_value) NOT IN ('', '-', '–') THEN trim(text_value) END;

CREATE OR REPLACE TEMP MACRO bare(text_value) AS
    trim(regexp_replace(lower(coalesce(text_value, '')), '[^0-9a-z]+', ' ', 'g'));

CREATE OR REPLACE TEMP MACRO month_number(word) AS
    CASE left(lower(word), 3)
        WHEN 'jan' THEN 1 WHEN 'feb' THEN 2 WHEN 'peb' THEN 2 WHEN 'mar' THEN 3 WHEN 'apr' THEN 4
        WHEN 'mei' THEN 5 WHEN 'may' THEN 5 WHEN 'jun' THEN 6 WHEN 'jul' THEN 7 WHEN 'agu' THEN 8 WHEN 'agt' THEN 8
        WHEN 'aug' THEN 8 WHEN 'sep' THEN 9 WHEN 'okt' THEN 10 WHEN 'oct' THEN 10 WHEN 'nov' THEN 11
        WHEN 'nop' THEN 11 WHEN 'des' THEN 12 WHEN 'dec' THEN 12
    END;

-- A date of two figures for the year belongs to the latest century that does not lie after `until`.
CREATE OR REPLACE TEMP MACRO whole_year(figures, until) AS
    CASE
        WHEN length(figures) = 4 THEN try_cast(figures AS INTEGER)
        WHEN try_cast(figures AS INTEGER) <= year(until) % 100 THEN year(until) // 100 * 100 + try_cast(figures AS INTEGER)
        ELSE year(until) // 100 * 100 - 100 + try_cast(figures AS INTEGER)
    END;

CREATE OR REPLACE TEMP MACRO date_of_parts(year_figures, month_figures, day_figures, until) AS
    try_cast(format('{:04d}-{:02d}-{:02d}', whole_year(year_figures, until), try_cast(month_figures AS INTEGER), try_cast(day_figures AS INTEGER)) AS DATE);

-- The date in a text without its weekday and hour.
CREATE OR REPLACE TEMP MACRO bare_date(text_value) AS
    regexp_replace(regexp_replace(trim(text_value), '^(senin|selasa|rabu|kamis|jum.?at|sabtu|minggu|ahad)[ ,]+', '', 'i'),
        '[ T]+\d{1,2}[:.]\d{2}([:.]\d{2})?(\.\d+)?( ?(wib|wita|wit|z))?$', '', 'i');

-- A date as offices write it: 2024-11-30, 30-11-2024, 30/11/24, 30.11.2024, 30 November 2024, 30 Nov 24, 30-Nov-2024, or a
-- spreadsheet's serial number. NULL where it cannot be read or is not in the calendar.
-- (The list of one is a name for what stands in it, so that it is worked out once.)
CREATE OR REPLACE TEMP MACRO written_date_until(text_value, until) AS
    list_transform([bare_date(text_value)], lambda bare_text:
        CASE
            WHEN bare_text IN ('', '-', '–') THEN NULL
            WHEN regexp_matches(bare_text, '^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}$') THEN try_cast(regexp_replace(bare_text, '[/.]', '-', 'g') AS DATE)
            WHEN regexp_matches(bare_text, '^\d{1,2} ?[-/.] ?\d{1,2} ?[-/.] ?(\d{4}|\d{2})$')
                THEN date_of_parts(regexp_extract(bare_text, '(\d{4}|\d{2})$', 1), regexp_extract(bare_text, '^\d{1,2} ?[-/.] ?(\d{1,2})', 1),
                    regexp_extract(bare_text, '^(\d{1,2})', 1), until)
            WHEN regexp_matches(bare_text, '^\d{1,2}[ .-]*[A-Za-z]{3,10}[ .,-]*(\d{4}|\d{2})$')
                THEN date_of_parts(regexp_extract(bare_text, '(\d{4}|\d{2})$', 1),
                    coalesce(month_number(regexp_extract(bare_text, '([A-Za-z]+)', 1)), 99)::VARCHAR, regexp_extract(bare_text, '^(\d{1,2})', 1), until)
            WHEN regexp_matches(bare_text, '^[2-5]\d{4}(\.\d+)?$') THEN DATE '1899-12-30' + try_cast(left(bare_text, 5) AS INTEGER)
        END)[1];

CREATE OR REPLACE TEMP MACRO written_date(text_value) AS written_date_until(text_value, DATE '2099-12-31');

-- The 18 digits of a NIP or NI PPPK as typed: spaces, dots, apostrophes, quotes and the ="…" of a spreadsheet do not count.
CREATE OR REPLACE TEMP MACRO bare_nip(text_value) AS
    regexp_replace(coalesce(text_value, ''), '[\s.''"`’‘“”=\x{00a0}\x{200b}\x{feff}-]', '', 'g');

CREATE OR REPLACE TEMP MACRO nip_kind(digits) AS
    CASE
        WHEN substr(digits, 13, 2) BETWEEN '01' AND '12' THEN 'PNS'
        WHEN substr(digits, 13, 2) BETWEEN '21' AND '29' THEN 'PPPK'
    END;

CREATE OR REPLACE TEMP MACRO nip_birth(digits) AS
    try_cast(left(digits, 4) || '-' || substr(digits, 5, 2) || '-' || substr(digits, 7, 2) AS DATE);

CREATE OR REPLACE TEMP MACRO employment_of(number) AS CASE WHEN number // 10000 % 100 <= 12 THEN 'PNS' ELSE 'PPPK' END;

-- Whether a number YYYYMMDD is a day of the calendar.
CREATE OR REPLACE TEMP MACRO is_day(number) AS
    number // 10000 BETWEEN 1800 AND 2199 AND number // 100 % 100 BETWEEN 1 AND 12 AND number % 100 BETWEEN 1 AND
    CASE
        WHEN number // 100 % 100 IN (4, 6, 9, 11) THEN 30
        WHEN number // 100 % 100 <> 2 THEN 31
        WHEN number // 10000 % 4 = 0 AND (number // 10000 % 100 <> 0 OR number // 10000 % 400 = 0) THEN 29
        ELSE 28
    END;

-- Why a text is no number of 18 digits. `digits` is bare_nip(text_value), computed once by the caller.
CREATE OR REPLACE TEMP MACRO nip_text_fault(text_value, digits) AS
    CASE
        WHEN digits = '' THEN 'nip_missing'
        WHEN regexp_matches(trim(text_value), '^[''"]?\d([.,]\d+)?[eE]\+?\d+$') THEN 'nip_scientific'
        WHEN NOT regexp_matches(digits, '^\d+$') THEN 'nip_not_digits'
        WHEN length(digits) = 9 THEN 'nip_old_number'
        ELSE 'nip_length'
    END;

-- Why a number cannot be used, or NULL (process.md section 5.3). The order is the order of explanation.
CREATE OR REPLACE TEMP MACRO nip_fault(text_value, digits, until) AS
    CASE
        WHEN NOT regexp_full_match(digits, '[0-9]{18}') THEN nip_text_fault(text_value, digits)
        WHEN right(digits, 3) = '000' THEN 'nip_truncated'
        WHEN nip_birth(digits) IS NULL THEN 'nip_birth_date'
        WHEN NOT substr(digits, 9, 4)::INTEGER BETWEEN left(digits, 4)::INTEGER + 17 AND year(until) THEN 'nip_appointment_year'
        WHEN nip_kind(digits) IS NULL THEN 'nip_month_code'
        WHEN substr(digits, 15, 1) NOT IN ('1', '2') THEN 'nip_gender_digit'
    END;

CREATE OR REPLACE TEMP MACRO stated_employment(text_value) AS
    CASE
        WHEN bare(text_value) IN ('', 'aktif') THEN NULL
        WHEN regexp_matches(bare(text_value), 'p3k|pppk|perjanjian kerja') THEN 'PPPK'
        WHEN regexp_matches(bare(text_value), 'honor|kontrak|non asn|thl|tkk|kepala desa|perangkat desa|ppnpn|ptt') THEN 'non_asn'
        WHEN regexp_matches(bare(text_value), 'pns|cpns|pegawai negeri') THEN 'PNS'
    END;

-- Position class of UU 20/2023 Pasal 13 to 18: what the type of the position says, what its name says (each NULL where it says nothing), and
-- both together.
CREATE OR REPLACE TEMP MACRO class_of_type(kind) AS
    CASE
        WHEN regexp_matches(bare(kind), 'pimpinan tinggi|jpt') THEN 'jpt'
        WHEN regexp_matches(bare(kind), 'administrator|eselon iii') THEN 'administrator'
        WHEN regexp_matches(bare(kind), 'pengawas|eselon iv') THEN 'pengawas'
        WHEN regexp_matches(bare(kind), 'jft|fungsional tertentu') OR bare(kind) IN ('fungsional', 'jabatan fungsional', '2') THEN 'fungsional'
        WHEN regexp_matches(bare(kind), 'jfu|fungsional umum|pelaksana') OR bare(kind) = '4' THEN 'pelaksana'
    END;

CREATE OR REPLACE TEMP MACRO class_of_title(name) AS
    CASE
        WHEN regexp_matches(bare(name), '^(sekretaris daerah|asisten|staf ahli|kepala (dinas|badan|biro|satuan)|inspektur$|inspektur (daerah|provinsi|kabupaten|kota)|direktur rsud|sekretaris dprd)') THEN 'jpt'
        WHEN regexp_matches(bare(name), '^(camat|kepala bidang|kepala bagian|sekretaris (dinas|badan|kecamatan)|inspektur pembantu)') THEN 'administrator'
        WHEN regexp_matches(bare(name), '^(lurah|kepala (sub|seksi|uptd|tata usaha))') THEN 'pengawas'
        WHEN regexp_matches(bare(name), 'ahli (utama|madya|muda|pertama)|guru|dokter|bidan|perawat|penyuluh|dosen|auditor') THEN 'fungsional'
        WHEN regexp_matches(bare(name), '^(pengadministrasi|pengelola|pengolah|penelaah|penata|analis|pelaksana|staf|operator|pengemudi)') THEN 'pelaksana'
    END;

CREATE OR REPLACE TEMP MACRO is_structural(kind) AS bare(kind) IN ('struktural', '1');
CREATE OR REPLACE TEMP MACRO is_titled(name) AS bare(name) <> '';

CREATE OR REPLACE TEMP MACRO position_class_of(kind, name) AS
    coalesce(class_of_type(kind), class_of_title(name), CASE WHEN is_structural(kind) AND is_titled(name) THEN 'pengawas' END, 'unknown');

-- PNS I to IV and PPPK I to XVII are two scales and never merged (Perpres 98/2020).
CREATE OR REPLACE TEMP MACRO rank_group_of(text_value, employment) AS
    CASE
        WHEN employment = 'PNS' AND regexp_matches(text_value, '\b(IV|III|II|I) ?/ ?[a-eA-E]\b')
            THEN 'PNS-' || regexp_extract(text_value, '\b(IV|III|II|I) ?/ ?[a-eA-E]\b', 1)
        WHEN employment = 'PPPK' AND regexp_matches(upper(text_value), '\b(XVII|XVI|XV|XIV|XIII|XII|XI|X|IX|VIII|VII|VI|V|IV|III|II|I)\b')
            THEN 'PPPK-' || regexp_extract(upper(text_value), '\b(XVII|XVI|XV|XIV|XIII|XII|XI|X|IX|VIII|VII|VI|V|IV|III|II|I)\b', 1)
        ELSE 'unknown'
    END;

CREATE OR REPLACE TEMP MACRO gender_of(text_value, digits) AS
    CASE
        WHEN bare(text_value) IN ('m', 'l', 'lk', 'laki laki', 'pria', 'male', '1') THEN 'male'
        WHEN bare(text_value) IN ('f', 'p', 'pr', 'perempuan', 'wanita', 'female', '2') THEN 'female'
        WHEN substr(digits, 15, 1) = '1' THEN 'male'
        WHEN substr(digits, 15, 1) = '2' THEN 'female'
        ELSE 'unknown'
    END;

CREATE OR REPLACE TEMP MACRO age_band_of(age) AS
    CASE WHEN age < 30 THEN 'under_30' WHEN age < 40 THEN '30_39' WHEN age < 50 THEN '40_49' WHEN age < 100 THEN '50_plus' ELSE 'unknown' END;

-- KEDUDUKAN HUKUM: 66 dismissed, 98 and 99 retired, 02 unpaid leave (CLTN) do not count as active. 04, temporary dismissal,
-- does: the person remains a civil servant until a final decision.
CREATE OR REPLACE TEMP MACRO counts_as_active(text_value) AS
    CASE
        WHEN bare(text_value) = '04' OR regexp_matches(bare(text_value), 'pemberhentian sementara') THEN true
        ELSE NOT regexp_matches(bare(text_value), '^(02|66|98|99)$|pensiun|bup|berhenti|diberhentikan|pemberhentian|meninggal|cltn|luar tanggungan')
    END;

CREATE OR REPLACE TEMP MACRO is_marked_simulated(text_value) AS bare(text_value) IN ('data simulasi', 'simulasi', 'ya simulasi');

-- What a refused cell looks like without saying what it says: every digit a 9, every letter an x.
CREATE OR REPLACE TEMP MACRO masked(text_value) AS
    regexp_replace(regexp_replace(left(coalesce(text_value, ''), 40), '\d', '9', 'g'), '[A-Za-z]', 'x', 'g');

-- The list of faults of a file without any.
CREATE OR REPLACE TEMP TABLE no_faults (row_number BIGINT, column_name VARCHAR, rule VARCHAR, masked_value VARCHAR);
