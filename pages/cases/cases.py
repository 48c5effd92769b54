"""Which cases does my own office have, and who has to act?"""

from ui import filters
from ui.access import caselist

w = filters.current_words()
caselist.show(w, filters.current())
