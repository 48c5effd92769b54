"""Where are breaches alleged, and how sure are the differences?"""

from ui import filters, layout, results
from ui.sheet import link
from ui.showing import figures
from ui.topics import against, profile, signals
from ui.unit import parts

w = filters.current_words()
chosen = filters.current()
if len(chosen.governments) == 1:
    profile.open_with(w, chosen.governments[0])
    layout.headline(w, [results.of(name, chosen, "kalimantan") for name in profile.FIGURES])
    link.offer(w, chosen)
    parts.show(w, chosen, "government")
else:
    first, second, third = layout.row(3)
    with first:
        level = filters.choice("tingkat", profile.levels(w), w("pages.regions.level"))
    with second:
        measure = filters.choice("ukuran", profile.measures(w), w("pages.regions.measure"))
    with third:
        view = filters.choice("bentuk", profile.views(w), w("pages.regions.view"))
    result = results.of(measure, chosen, level)
    whole = results.of(measure, chosen, "kalimantan")
    against.places(w, result, whole)
    where, how_sure = layout.beside()
    with where, layout.staying():
        layout.section(w(f"pages.regions.views.{view}"))
        if view == "map":
            figures.area_map(w, result, f"map_{level}", whole)
        else:
            figures.tile_grid(w, results.of(measure, chosen, "government"), "tiles", whole)
        signals.of_space(w, result)
    with how_sure:
        layout.section(w("pages.regions.intervals"))
        figures.interval_list(w, result, "regions_intervals", whole)
