"""What do the authorities publish, from which source, and does it fit together?"""

from ui import filters, layout, notice, results
from ui.ledger import compared, coverage, known, loaded, page, prevention, sums, workforce
from ui.showing import figures, folded, tables
from ui.topics import evidence

w, chosen = filters.current_words(), filters.current()
view = filters.choice("rinci", prevention.views(w), w("ledger.prevention.view"))
if view == "prevention":
    told, matrix = results.remembered(prevention.make, figures.look(w), chosen)
    layout.section(w("ledger.prevention.title"))
    layout.text(told)
    figures.ready(matrix, "prevention_chart")
    layout.text(matrix[1])
    folded.explained(w, "prevention", prevention.counts, chosen, "pencegahan-jumlah")
    folded.explained(w, "activities", prevention.table, chosen, "pencegahan")
elif view == "checks":
    checked = results.remembered(page.check, w.lang, chosen)
    layout.section(w("ledger.sums.title"))
    layout.text(checked.sums_told)
    tables.draw(w, checked.sums, "sums_doubtful")
    folded.explained(w, "sums", sums.every, chosen)
    layout.section(w("ledger.coverage.title"))
    layout.text(checked.coverage_told)
    folded.twin(w, "coverage", coverage.picture, coverage.table, chosen)
    layout.section(w("ledger.workforce.title"))
    layout.text(checked.workforce_told)
    folded.explained(w, "workforce", workforce.table, chosen)
else:
    shown = results.remembered(page.make, figures.look(w), chosen)
    notice.warn(w("pages.published.warning"))
    where, what = layout.beside()
    with where:
        layout.section(w("pages.published.map"))
        layout.text(w("pages.published.map_lead"))
        figures.area(w, shown.map, "published_map")
    with what:
        layout.section(w("pages.published.dots"))
        layout.text(w("pages.published.dots_lead"))
        figures.ready(shown.dots, "published_dots")
        layout.text(shown.dots[1])
    folded.table(w, w("pages.published.table"), "published", evidence.table, chosen)
    layout.section(w("ledger.timeline.title"))
    figures.ready(shown.timeline, "timeline_chart")
    layout.text(shown.timeline[1])
    folded.explained(w, "timeline", known.table, chosen)
    layout.section(w("ledger.compared.title"))
    layout.text(shown.compared_told)
    folded.explained(w, "compared", compared.table, chosen)
    layout.section(w("ledger.loaded.title"))
    standing = loaded.standing()
    layout.text(loaded.lead(w, standing))
    if standing.comparable:
        folded.table(w, w("ledger.loaded.open"), "loaded", loaded.table, chosen)
    if not prevention.is_loaded():
        layout.text(w("ledger.prevention.not_loaded"))
