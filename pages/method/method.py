"""How is this computed, from what, and what can it not say?"""

from ui import filters, layout, method
from ui.showing import tables

w = filters.current_words()
layout.section(w("pages.method.metrics"))
method.catalogue(w)
layout.section(w("pages.method.refusals"))
tables.draw(w, method.refusals(w), "refusals")
layout.section(w("pages.method.caveats"))
method.caveats(w)
layout.section(w("pages.method.sources"))
method.loaded(w)
layout.section(w("pages.method.build"))
method.receipt(w)
layout.section(w("pages.method.glossary"))
layout.text(w("pages.method.glossary_line"))
