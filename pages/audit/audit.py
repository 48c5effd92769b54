"""Who did what and when, and has anybody changed the record of it?"""

from ui import filters
from ui.auditing import page
from ui.steward import gate

w = filters.current_words()
if gate.passed(w):
    page.verdict(w)
    page.events(w)
    gate.way_out(w)
