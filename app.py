"""The front door: document, navigation, shared filters, notices, and one error boundary around the page."""

from ui import boundary, filters, frame, notice, results

w = filters.current_words()
entry, page = frame.open_page(w)
frame.title(w, entry)
with boundary.guarded(w):
    if results.build().is_simulated:
        notice.simulated(w, entry.name)
    notice.ignored(w, filters.ignored())
    if entry.name not in frame.UNFILTERED:
        filters.bar(w)
    page.run()
frame.foot(w)
