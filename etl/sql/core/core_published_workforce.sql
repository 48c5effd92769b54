SELECT
    figure_id, scope, province_code, regency_code, government_name, agency_name, breakdown, breakdown_value,
    pns::BIGINT AS pns, pppk::BIGINT AS pppk, asn_total::BIGINT AS asn_total, as_of, is_estimate::BOOLEAN AS is_estimate,
    source_title, publisher, published_date, url, note
FROM published.workforce
