"""The front door: document, navigation, shared filters, notices, and one error boundary around the page."""

from ui import boundary, filters, notice, results
from ui.access import control, session
from ui.frame import edition, menu, older
from ui.frame.pages import STEWARD_PAGES, UNFILTERED

older.begin()
session.enter()
w = filters.current_words()
entry, page = menu.open_page(w)
menu.title(w, entry)
with boundary.guarded(w):
    control.banner(w)
    # The first data of all are loaded where there is no build yet.
    if entry not in STEWARD_PAGES or results.built():
        if not older.told(w):
            edition.changed(w)
        if results.build().is_simulated:
            notice.simulated(w, entry.name)
        notice.ignored(w, filters.ignored())
    if entry.name not in UNFILTERED:
        filters.bar(w)
        notice.unknown(w, entry.name, filters.current())
    page.run()
menu.foot(w)
