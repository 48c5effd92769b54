"""What stands under the charts and on the method page: sources, limits, formulas, control totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import get_args

import streamlit as st

from language import Words
from metrics.definition import Caveat, Definition, definitions
from metrics.result import Result
from ui import results
from ui.showing import boundaries, tables
from ui.showing.tables import Table


def foot(w: Words, result: Result) -> str:
    """The line under a chart: where the data come from and what is missing; its explanation says what it cannot say."""
    source = escape(" · ".join(source_parts(w, result)))
    mark = f"<strong>{escape(w('ui.simulated'))}</strong> · " if result.is_simulated else ""
    return f"<div class='netra-foot'><p>{mark}{source}</p></div>"


def source_parts(w: Words, result: Result) -> list[str]:
    """Rosters, governments covered, persons left out and build of an answer, as far as there is something to say."""
    parts = [snapshots(w, result), _coverage(w, result), left_out(w, result), _build(w)]
    return [part for part in parts if part]


def credit(w: Words) -> str:
    """Whom to thank for the boundaries of a map."""
    return f"<div class='netra-foot'><p>{escape(boundaries.attribution(w))}</p></div>"


def snapshots(w: Words, result: Result) -> str:
    """Dates of the rosters that the denominator rests on; empty where there is no denominator of staff."""
    if result.basis not in ("asn_years", "asn"):
        return ""
    if not result.as_of:
        return w("ui.source.no_roster")
    first, last = min(result.as_of), max(result.as_of)
    if first == last:
        return w("ui.source.roster", day=first)
    return w("ui.source.rosters", first=first, last=last, n=len(result.as_of))


def catalogue(w: Words) -> None:
    """All metrics with formula, interval, limits and caveats."""
    for definition in definitions().values():
        st.subheader(definition.title.of(w.lang), anchor=False)
        _definition(w, definition)


def titles(w: Words) -> dict[str, str]:
    """All metrics of the catalogue with their titles."""
    return {code: definition.title.of(w.lang) for code, definition in definitions().items()}


def caveats(w: Words) -> None:
    """Everything the figures of this app may fail to say."""
    st.markdown("\n".join(f"- {w(f'caveat.{code}')}" for code in get_args(Caveat)))


def simulated_line(w: Words) -> str:
    """How many of the loaded files are simulated, by kind."""
    files = results.sources()
    if not files:
        return w("unknown.files")
    kinds = Counter(row.kind for row in files if row.is_simulated)
    told = {"simulated": sum(kinds.values()), "rosters": kinds["roster"], "cases": kinds["cases"]}
    return w("pages.overview.simulated_line", total=len(files), **told)


def limits(w: Words, definition: Definition, caveats: Sequence[str]) -> tuple[str, ...]:
    """The limits of a metric, and the caveats that these do not say already."""
    own = definition.limits.of(w.lang)
    return (own, *(text for code in caveats if (text := w(f"caveat.{code}")) not in own))


def receipt(w: Words) -> None:
    """Number, time and content hash of the data shown."""
    build = results.build()
    told = {"build": build.build_id, "built_at": build.built_at, "code": build.code_version}
    st.markdown(w("pages.method.build_line", hash=f"`{build.content_hash}`", **told))


def loaded(w: Words) -> None:
    """The loaded files with their control totals, page by page."""
    head = tuple(w(f"ui.sources.{name}") for name in _SOURCE)
    rows = tuple(
        (
            row.file_name, w(f"ui.sources.kinds.{row.kind}"), row.publisher or "–", w.date(row.as_of),
            w.number(row.rows_read), w.number(row.rows_loaded), w.number(row.rows_rejected),
            w.number(row.pns_active), w.number(row.pppk_active), w(f"ui.sources.verdicts.{row.control_verdict}"),
            w("ui.simulated") if row.is_simulated else w("ui.sources.real"),
        )
        for row in results.sources()
    )  # fmt: skip
    tables.draw(w, Table(w("ui.sources.caption"), head, rows, frozenset(range(4, 9))), "sources")


_SOURCE = (
    "file",
    "kind",
    "publisher",
    "as_of",
    "read",
    "loaded",
    "refused",
    "pns",
    "pppk",
    "control",
    "origin",
)


def _definition(w: Words, definition: Definition) -> None:
    interval = w(f"ui.method.intervals.{definition.interval}")
    own, *caveats = limits(w, definition, definition.caveats)
    st.markdown(
        "\n\n".join(
            [
                definition.description.of(w.lang),
                f"**{w('ui.method.formula')}:** {definition.formula.of(w.lang)}",
                f"**{w('ui.method.interval')}:** {interval}",
                f"**{w('ui.method.limits')}:** {own}",
                "\n".join(f"- {caveat}" for caveat in caveats),
            ]
        )
    )


def _coverage(w: Words, result: Result) -> str:
    covered, total = result.coverage.governments_with_roster, result.coverage.governments_total
    if result.basis not in ("asn_years", "asn") or not total:
        return ""
    return w("ui.source.coverage", covered=covered, total=total)


def left_out(w: Words, result: Result) -> str:
    """How many persons no row holds, or that there may be some where it is not published; empty where there are none."""
    if result.events_out_of_scope is None:
        return w("ui.source.out_of_scope_few")
    return w("ui.source.out_of_scope", n=result.events_out_of_scope) if result.events_out_of_scope else ""


def _build(w: Words) -> str:
    build = results.build()
    return w("ui.source.build", as_of=build.as_of, build=build.build_id)
