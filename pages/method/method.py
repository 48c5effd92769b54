"""How is this computed, from what, and what can it not say?"""

from ui import filters, layout, method
from ui.access import control
from ui.explaining import methodology, refusals
from ui.showing import tables

w = filters.current_words()
part = filters.choice("bagian", methodology.sections(w), w("pages.method.section"))
if part == "metrics":
    layout.section(w("pages.method.metrics"))
    method.catalogue(w)
    layout.section(w("pages.method.caveats"))
    method.caveats(w)
elif part == "methods":
    layout.section(w("pages.method.methods"))
    layout.text(w("pages.method.methods_lead"))
    methodology.draw(w)
elif part == "refusals":
    layout.section(w("pages.method.refusals"))
    layout.text(w("pages.method.refusals_lead"))
    tables.draw(w, refusals.table(w), "refusals")
elif part == "glossary":
    layout.section(w("pages.method.glossary"))
    tables.draw(w, methodology.glossary(w), "glossary")
else:
    layout.section(w("pages.method.sources"))
    method.loaded(w)
    layout.section(w("pages.method.build"))
    method.receipt(w)
    control.explained(w)
