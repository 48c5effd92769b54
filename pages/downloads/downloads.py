"""Which data may a reader take home, and what do they mean?"""

from ui import download, filters, layout, method, results
from ui.showing import figures, tables

w = filters.current_words()
chosen = filters.current()
measures = method.titles(w)
units = {
    code: w(f"pages.downloads.units.{code}") for code in ("government", "province", "kalimantan", "agency")
}
periods = {code: w(f"pages.downloads.periods.{code}") for code in ("whole", "election")}
measure = filters.picked("ukuran", measures, w("pages.downloads.metric"))
left, right = layout.beside()
with left:
    unit = filters.choice("tingkat", units, w("pages.downloads.unit"))
with right:
    period = filters.choice("masa", periods, w("pages.downloads.period"))
result = results.of(measure, chosen, unit, period)
layout.section(w("pages.downloads.contents"))
figures.sourced(w, result, "downloads")
download.button(w, result)
tables.draw(w, tables.of_result(w, result), "downloads")
