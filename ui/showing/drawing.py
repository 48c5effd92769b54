"""The one place where a chart is drawn: with its sentence, its table twin and its explanation, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any, Final

import streamlit as st

from charts.drawing import Ready
from charts.map import MAP_CONFIG
from language import Words
from ui import filters
from ui.explaining import shown
from ui.explaining.parts import Explanation
from ui.results import Look, Picture
from ui.showing import tables
from ui.showing.tables import Table

TWIN: Final = "_table"
"""What the key of a table twin has after the key of its chart."""


@dataclass(frozen=True)
class Behind:
    """What a reader may open under a chart, each part made only when it is opened.

    `name` says what the chart is about. `tables` are the rows that it draws, `title` their label where it is not the name,
    `note` how they are read. A table that `stands_open` is short enough to be read with the chart.
    """

    name: str
    tables: Callable[[], Sequence[Table]]
    explained: Callable[[], Sequence[Explanation]]
    title: str = ""
    note: str = ""
    stands_open: bool = False


@dataclass(frozen=True)
class Beside:
    """What stands open with a chart: sentences of its own in place of its text alternative, its source line, and whether
    a click on it opens a unit."""

    told: Sequence[str] | None = None
    foot: str = ""
    opens: bool = False


SIMPLE: Final = Beside()


def look(w: Words) -> Look:
    """Language and palette of the page the reader sees; light until the browser says otherwise."""
    return Look(w.lang, "dark" if st.context.theme.type == "dark" else "light")


def chart(w: Words, picture: Picture, key: str, behind: Behind, beside: Beside = SIMPLE) -> None:
    """Draw a picture, say what it shows, and offer its table and its explanation; a click on a map may open a unit."""
    figure(picture, key, opens=beside.opens)
    unpictured(w, key, behind, beside if beside.told is not None else replace(beside, told=(picture[1],)))


def unpictured(w: Words, key: str, behind: Behind, beside: Beside) -> None:
    """What stands under a chart: sentences, source line, table and explanation; without it where it would have no mark."""
    said = "".join(f"<p class='netra-told'>{escape(line)}</p>" for line in beside.told or () if line)
    if said or beside.foot:
        st.html(said + beside.foot)
    twin(w, key, behind)
    shown.fold(w, key, behind.name, behind.explained)


def twin(w: Words, key: str, behind: Behind) -> None:
    """The table twin of a chart behind its title."""
    if behind.stands_open:
        _tables(w, key, behind)
        return
    title = behind.title or w("ui.table.title", name=behind.name)
    part = st.expander(title, key=f"{key}{TWIN}", on_change="rerun")
    if part.open:
        with part:
            _tables(w, key, behind)


def figure(picture: Picture, key: str, *, opens: bool = False) -> None:
    """The chart alone, for who shows its sentence, table and explanation in a part of their own."""
    drawn, alt = picture
    follow: Any = filters.open_unit(key) if opens else "ignore"
    st.plotly_chart(
        Ready(drawn), key=key, theme=None, config=MAP_CONFIG, alt=alt, on_select=follow, selection_mode="points",
    )  # fmt: skip


def _tables(w: Words, key: str, behind: Behind) -> None:
    for place, table in enumerate(behind.tables()):
        tables.draw(w, table, f"{key}{TWIN}_{place}")
    if behind.note:
        st.markdown(behind.note)
