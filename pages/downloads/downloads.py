"""Which data may a reader take home, and what do they mean?"""

from metrics.frame import ALL
from ui import download, filters, layout, method, results
from ui.downloading import page, receipts
from ui.sheet import link
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
split = filters.picked("kelompok", page.groups(w, measure, unit, period), w("downloads.group"))
form = filters.choice("berkas", page.forms(w, unit), w("downloads.form"))
result = results.of(measure, chosen, unit, period, None if split == ALL else split)
receipts.judged(w, result, filters.parameters())
layout.section(w("pages.downloads.contents"))
figures.sourced(w, result, "downloads")
download.button(w, result, form)
page.address(w, result, form)
layout.text(receipts.line(w, result))
tables.draw(w, tables.of_result(w, result), "downloads")
layout.section(w("sheet.name"))
layout.text(w("sheet.lead"))
link.offer(w, chosen)
layout.section(w("downloads.all"))
page.everything(w)
