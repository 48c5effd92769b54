"""Which picture does Kalimantan show now?"""

from ui import filters, layout, method, results
from ui.frame import menu
from ui.sheet import link
from ui.showing import figures
from ui.topics import evidence

w = filters.current_words()
chosen = filters.current()
persons = results.of("alleged_persons", chosen, "kalimantan")
rate = results.of("alleged_rate", chosen, "kalimantan")
followed = results.of("followed_up_share", chosen, "kalimantan")
layout.headline(w, [persons, rate, followed])
link.offer(w, chosen)

where, when = layout.beside()
with where:
    layout.section(w("pages.overview.where"))
    areas = results.of("alleged_rate", chosen, "government")
    figures.area_map(w, areas, "overview_map")
with when:
    layout.section(w("pages.overview.when"))
    by_election = results.of("alleged_rate", chosen, "kalimantan", "election")
    figures.trend_line(w, by_election, "overview_trend")

published, simulated = layout.beside()
with published:
    layout.section(w("pages.overview.published"))
    layout.text(evidence.line(w, chosen))
    menu.link(w, "published", w("pages.overview.published_link"))
with simulated:
    layout.section(w("pages.overview.simulated"))
    layout.text(method.simulated_line(w))
