SELECT figure_id, unnest(string_split(overlaps_figure_id, ';')) AS other_figure_id
FROM published.violations WHERE overlaps_figure_id IS NOT NULL
