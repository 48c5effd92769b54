"""What was shown wrongly here, since when, and how does one ask for a correction?"""

from ui import filters, layout
from ui.correcting import page
from ui.frame import menu

w = filters.current_words()
page.listed(w)
layout.section(w("corrections.asking"))
layout.text(w("corrections.asking_text"))
menu.link(w, "method", w("corrections.method"))
