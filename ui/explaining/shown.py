"""The one place where an explanation is shown: folded away, made and sent only when a reader opens it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

import streamlit as st

from language import Words
from ui.explaining.parts import PARTS, Explanation
from warehouse.tables import Query

SUFFIX = "_explained"
"""What the key of an explanation has after the key of its figure."""


def fold(w: Words, key: str, name: str, make: Callable[[], Sequence[Explanation]]) -> None:
    """The explanations of the figure `key`, which is about `name`, behind their title."""
    part = st.expander(w("explain.open", name=name), key=f"{key}{SUFFIX}", on_change="rerun")
    if part.open:
        with part:
            draw(w, make())


def draw(w: Words, explanations: Sequence[Explanation]) -> None:
    """Explanations one after the other, each with the questions that were asked; the same question is written once."""
    written: list[Query] = []
    for told in explanations:
        again = [query for query in told.queries if query in written]
        note = f"<p class='netra-bound'>{escape(w('explain.again', n=len(again)))}</p>" if again else ""
        st.html(as_html(w, told) + note)
        for query in told.queries:
            if query not in written:
                written.append(query)
                st.code(query.sql, language="sql", wrap_lines=True)
                st.html(values(w, query))


def as_html(w: Words, told: Explanation) -> str:
    """A list of terms: every part with its lines."""
    terms = "".join(
        f"<dt>{escape(w(f'explain.part.{part}'))}</dt>"
        + "".join(f"<dd>{escape(line)}</dd>" for line in told.lines[part])
        for part in PARTS
    )
    return f"<div class='netra-explained'><p><strong>{escape(told.title)}</strong></p><dl>{terms}</dl></div>"


def values(w: Words, query: Query) -> str:
    """The values that were bound to a question, or that there were none."""
    if not query.values:
        return f"<p class='netra-bound'>{escape(w('explain.no_values'))}</p>"
    told = ", ".join(
        f"<code>${escape(name)} = {escape(str(value))}</code>" for name, value in query.values.items()
    )
    return f"<p class='netra-bound'>{escape(w('explain.values'))} {told}</p>"
