-- What is no name of an agency: a run of nine and more digits, or a person's titles without a word for an office ("Drs. H. …, M.Si";
-- but "RSUD dr. …" is a hospital). Used while loading and again while building, since the warehouse must not hold either.
CREATE OR REPLACE TEMP MACRO names_a_person(name) AS
    regexp_matches(name, '(^|[\s,(])(?i:drs|dra|ir|hj|h|dr|drg|prof)\.\s*\S|\b[SMA]\.\s?[A-Z][A-Za-z]{0,3}\b|,\s*(S|M|A|Sp|Ph)\.?\s?[A-Z][A-Za-z]{0,2}\b')
    AND NOT regexp_matches(lower(name), '\b(dinas|badan|biro|bagian|bidang|kantor|sekretariat|set(da|wan)|sek(da|wan)|inspektorat|kec|kecamatan|kel|kelurahan|desa|satuan|satpol|rs|rsu|rsud|rsjd?|rumah sakit|puskesmas|pustu|klinik|uptd?|unit|balai|laboratorium|instalasi|sd|sdn|smp|smpn|sma|sman|smk|smkn|slb|slbn|tk|tkn|paud|sekolah|dis[a-z]{2,}|din[a-z]{2,}|bap[a-z]+|bk[a-z]+|bp[a-z]+|cabang|wilayah|korwil|pasar|terminal|museum|perpustakaan|gedung|stadion|staf ahli|asisten|komisi|kpu|bawaslu|korpri|pemerintah|pem(kab|kot|prov|da))\b');

CREATE OR REPLACE TEMP MACRO is_no_agency(name) AS regexp_matches(name, '\d{9}') OR names_a_person(name);
