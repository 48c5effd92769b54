"""The parts of the page: the verdict on the whole log, then its latest entries."""

from __future__ import annotations

from collections import deque
from typing import Final

import streamlit as st

from audit.reading import entries, log_file
from audit.secret import open_secrets
from audit.verdict import verify
from language import Words
from ui import layout, notice
from ui.access import run
from ui.auditing import told
from ui.showing import tables

SHOWN: Final = 200


def verdict(w: Words) -> None:
    """Whether the log is whole, what was found in it, and its head to be noted elsewhere."""
    found = verify(run.chosen())
    if found.breaks:
        notice.alert([w("audit.broken"), *told.findings(w, found.breaks)])
    elif not found.entries:
        layout.text(w("audit.empty"))
    else:
        notice.status(w("audit.whole", n=found.entries))
    noted = [finding for finding in found.findings if finding not in found.breaks]
    if noted:
        notice.warn("\n\n".join([w("audit.noted"), *told.findings(w, noted)]), "noted")
    if found.entries:
        layout.text(w("audit.head"))
        st.code(str(found.head), language=None, wrap_lines=True)
    st.caption(w("audit.limits"))


def events(w: Words) -> None:
    """The latest entries, the last one first, all of them or of one kind."""
    settings = run.chosen()
    layout.section(w("audit.entries"))
    kind = st.selectbox(
        w("audit.show"), told.kinds(), key="audit_kind", format_func=lambda name: told.kind_of(w, name)
    )
    every = (entry for entry in entries(log_file(settings)) if kind in (told.ALL, entry.kind))
    latest = deque(every, maxlen=SHOWN)
    if len(latest) == SHOWN:
        layout.text(w("audit.only", n=SHOWN))
    table = told.table(w, reversed(latest), open_secrets(settings.key_file))
    tables.draw(w, table, f"audit_{kind}")
