-- Readings of lists of preventive activities.
CREATE OR REPLACE TEMP MACRO without_numbers(text_value) AS CASE WHEN looks_personal(text_value) THEN '…' ELSE text_value END;

CREATE OR REPLACE TEMP MACRO shape_of_count(text_value) AS
    CASE
        WHEN looks_personal(text_value) THEN '…'
        WHEN regexp_full_match(lower(trim(text_value)), '[-+.,\d\s]*(orang|peserta|pegawai|asn|jiwa|penanda ?tangan)?\.?') THEN text_value
        ELSE masked(text_value)
    END;

-- The address of a public page: no sign-in, no e-mail address, no number as long as a person's.
CREATE OR REPLACE TEMP MACRO usable_address(text_value) AS
    CASE WHEN regexp_full_match(trim(text_value), 'https?://[A-Za-z0-9.-]+(:\d+)?([/?#][^\s@<>"'']{0,460})?')
            AND NOT contains(text_value, '%40') AND NOT regexp_matches(text_value, '\d{15,}')
        THEN trim(text_value) END;
