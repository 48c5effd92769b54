"""What did the data steward bring, was it understood, and shall readers see it?"""

from ui import filters
from ui.steward import builds, form, gate, outcome

w = filters.current_words()
if gate.passed(w):
    desk = outcome.counter()
    if not outcome.draw(w, desk):
        form.draw(w, desk)
        builds.draw(w, desk)
    gate.way_out(w)
