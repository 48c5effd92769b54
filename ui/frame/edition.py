"""Which build a reader looks at: said at the foot of every page, and once when it has changed."""

from __future__ import annotations

from datetime import datetime
from time import monotonic
from typing import Final

import streamlit as st

from language import Words
from ui import filters, results
from warehouse.reference import Build

SHOWN_SECONDS: Final = 15.0


def line(w: Words) -> str:
    """Number, date and span of the build that the page shows; that there is none, where none is built."""
    build = results.built()
    if build is None:
        return w("ui.edition.none")
    told = [
        w("ui.edition.line", build=build.build_id, moment=moment(w, build)),
        w("ui.edition.until", day=build.as_of),
        w("ui.simulated") if build.is_simulated else "",
    ]
    return " · ".join(part for part in told if part)


def changed(w: Words) -> None:
    """Tell a session once that its numbers now come from another build than the one it looked at before."""
    build = results.build()
    earlier = filters.earlier_build(build.build_id, monotonic())
    # Runs can follow each other faster than anybody reads; the foot says the same for ever.
    if earlier and earlier[1] < SHOWN_SECONDS:
        told = {"build": f"`{build.build_id}`", "earlier": f"`{earlier[0]}`", "moment": moment(w, build)}
        with st.container(key="edition"):
            st.info(w("ui.edition.changed", **told))


def moment(w: Words, build: Build) -> str:
    """When a build was made: day and hour in UTC; a dash where the receipt does not say."""
    try:
        made = datetime.fromisoformat(build.built_at)
    except ValueError:
        return w.date(None)
    return w("ui.edition.moment", day=w.date(made), hour=made.strftime("%H.%M"))
