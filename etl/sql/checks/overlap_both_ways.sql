-- An overlap between two published figures stands on both of them.
SELECT o.figure_id, o.other_figure_id FROM core_published_overlap o
LEFT JOIN core_published_overlap b ON b.figure_id = o.other_figure_id AND b.other_figure_id = o.figure_id
WHERE b.figure_id IS NULL
