"""What do the authorities publish, and from which source?"""

from ui import filters, layout, notice
from ui.showing import figures, tables
from ui.topics import evidence

w = filters.current_words()
rows = evidence.figures(filters.current())
notice.warn(w("pages.published.warning"))
where, what = layout.beside()
with where:
    layout.section(w("pages.published.map"))
    layout.text(w("pages.published.map_lead"))
    figures.evidence_map(w, rows, "published_map")
with what:
    layout.section(w("pages.published.dots"))
    layout.text(w("pages.published.dots_lead"))
    figures.evidence_dots(w, evidence.of_kalimantan(rows), "published_dots")
layout.section(w("pages.published.table"))
tables.draw(w, evidence.table(w, rows), "published")
