-- Readings of text that load steps share. No value of a reader ever reaches this file.
CREATE OR REPLACE TEMP MACRO bare(text_value) AS
    trim(regexp_replace(lower(coalesce(text_value, '')), '[^0-9a-z]+', ' ', 'g'));

CREATE OR REPLACE TEMP MACRO month_number(word) AS
    CASE left(lower(word), 3)
        WHEN 'jan' THEN 1 WHEN 'feb' THEN 2 WHEN 'peb' THEN 2 WHEN 'mar' THEN 3 WHEN 'apr' THEN 4
        WHEN 'mei' THEN 5 WHEN 'may' THEN 5 WHEN 'jun' THEN 6 WHEN 'jul' THEN 7 WHEN 'agu' THEN 8 WHEN 'agt' THEN 8
        WHEN 'aug' THEN 8 WHEN 'sep' THEN 9 WHEN 'okt' THEN 10 WHEN 'oct' THEN 10 WHEN 'nov' THEN 11
        WHEN 'nop' THEN 11 WHEN 'des' THEN 12 WHEN 'dec' THEN 12
    END;

-- A date as offices write it: 2024-11-30, 30-11-2024, 30/11/2024, 30.11.2024, 30 November 2024, or a spreadsheet's serial number.
CREATE OR REPLACE TEMP MACRO written_date(text_value) AS
    CASE
        WHEN text_value IS NULL OR trim(text_value) IN ('', '-') THEN NULL
        WHEN regexp_matches(trim(text_value), '^\d{4}-\d{1,2}-\d{1,2}') THEN try_cast(left(trim(text_value), 10) AS DATE)
        WHEN regexp_matches(trim(text_value), '^\d{1,2}[-/.]\d{1,2}[-/.]\d{4}$')
            THEN try_strptime(regexp_replace(trim(text_value), '[/.]', '-', 'g'), '%d-%m-%Y')::DATE
        WHEN regexp_matches(trim(text_value), '^\d{1,2} +[A-Za-z]+ +\d{4}$')
            THEN try_cast(format('{}-{:02d}-{:02d}',
                regexp_extract(trim(text_value), '(\d{4})$', 1),
                coalesce(month_number(regexp_extract(trim(text_value), '([A-Za-z]+)', 1)), 99),
                regexp_extract(trim(text_value), '^(\d{1,2})', 1)::INTEGER) AS DATE)
        WHEN regexp_matches(trim(text_value), '^[2-5]\d{4}$') THEN DATE '1899-12-30' + trim(text_value)::INTEGER
    END;

-- The 18 digits of a NIP or NI PPPK as typed: spaces, dots, apostrophes and quotes do not count.
CREATE OR REPLACE TEMP MACRO bare_nip(text_value) AS
    regexp_replace(coalesce(text_value, ''), '[\s.''"`’-]', '', 'g');

CREATE OR REPLACE TEMP MACRO nip_kind(digits) AS
    CASE
        WHEN substr(digits, 13, 2) BETWEEN '01' AND '12' THEN 'PNS'
        WHEN substr(digits, 13, 2) BETWEEN '21' AND '29' THEN 'PPPK'
    END;

CREATE OR REPLACE TEMP MACRO nip_birth(digits) AS
    try_cast(left(digits, 4) || '-' || substr(digits, 5, 2) || '-' || substr(digits, 7, 2) AS DATE);

-- Why a number cannot be used, or NULL (process.md section 5.3). The order is the order of explanation.
-- `digits` is bare_nip(text_value), computed once by the caller.
CREATE OR REPLACE TEMP MACRO nip_fault(text_value, digits, until) AS
    CASE
        WHEN digits = '' THEN 'nip_missing'
        WHEN length(digits) <> 18 OR try_cast(digits AS BIGINT) IS NULL THEN
            CASE
                WHEN regexp_matches(trim(text_value), '^[''"]?\d([.,]\d+)?[eE]\+?\d+$') THEN 'nip_scientific'
                WHEN NOT regexp_matches(digits, '^\d+$') THEN 'nip_not_digits'
                WHEN length(digits) = 9 THEN 'nip_old_number'
                ELSE 'nip_length'
            END
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

-- Position class of UU 20/2023 Pasal 13 to 18 from the type and the name of the position.
CREATE OR REPLACE TEMP MACRO position_class_of(kind, name) AS
    CASE
        WHEN regexp_matches(bare(kind), 'pimpinan tinggi|jpt') THEN 'jpt'
        WHEN regexp_matches(bare(kind), 'administrator|eselon iii') THEN 'administrator'
        WHEN regexp_matches(bare(kind), 'pengawas|eselon iv') THEN 'pengawas'
        WHEN regexp_matches(bare(kind), 'jft|fungsional tertentu') OR bare(kind) IN ('fungsional', 'jabatan fungsional', '2') THEN 'fungsional'
        WHEN regexp_matches(bare(kind), 'jfu|fungsional umum|pelaksana') OR bare(kind) = '4' THEN 'pelaksana'
        WHEN regexp_matches(bare(name), '^(sekretaris daerah|asisten|staf ahli|kepala (dinas|badan|biro|satuan)|inspektur$|inspektur (daerah|provinsi|kabupaten|kota)|direktur rsud|sekretaris dprd)') THEN 'jpt'
        WHEN regexp_matches(bare(name), '^(camat|kepala bidang|kepala bagian|sekretaris (dinas|badan|kecamatan)|inspektur pembantu)') THEN 'administrator'
        WHEN regexp_matches(bare(name), '^(lurah|kepala (sub|seksi|uptd|tata usaha))') THEN 'pengawas'
        WHEN regexp_matches(bare(name), 'ahli (utama|madya|muda|pertama)|guru|dokter|bidan|perawat|penyuluh|dosen|auditor') THEN 'fungsional'
        WHEN regexp_matches(bare(name), '^(pengadministrasi|pengelola|pengolah|penelaah|penata|analis|pelaksana|staf|operator|pengemudi)') THEN 'pelaksana'
        WHEN bare(kind) IN ('struktural', '1') AND bare(name) <> '' THEN 'pengawas'
        ELSE 'unknown'
    END;

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
