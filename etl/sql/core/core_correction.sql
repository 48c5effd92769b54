SELECT
    correction_id, published_on, wrong_since, corrected_on, last_build, kind, raised_by,
    title_id, title_en, was_id, was_en, now_id, now_en
FROM published.corrections
