-- Every published figure has an address and a count.
SELECT figure_id FROM core_published_figure WHERE url IS NULL OR url NOT LIKE 'http%' OR count IS NULL
UNION ALL
SELECT figure_id FROM core_published_workforce WHERE url IS NULL OR url NOT LIKE 'http%'
