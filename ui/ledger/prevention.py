"""Preventive activities as lists have them: how many, of which kind, for whom, when; never beside cases or rates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from charts.published import prevention as chart
from charts.theme import theme
from language import Words, is_missing, words
from ui import results
from ui.ledger.coverage import is_chosen
from ui.results import Look, Picture
from ui.showing.tables import Cell, Link, Table
from warehouse.rows import rows_of
from warehouse.selection import Selection

_COUNTED: Final = ("government", "election", "kind", "activities", "twice", "first", "last", "lists")
_LISTED: Final = (
    "day", "kind", "government", "election", "issuer", "participants", "signatures", "letter", "source", "notes",
)  # fmt: skip
Rows = Sequence[Mapping[str, Any]]
Cells = tuple[Cell, ...]


def views(w: Words) -> dict[str, str]:
    """What `/terbitan` can show, by code; prevention where a list of such activities is loaded."""
    codes = ["all", "checks", *["prevention"] * is_loaded()]
    return {code: w(f"ledger.prevention.views.{code}") for code in codes}


def is_loaded() -> bool:
    """Whether any list of preventive activities is loaded."""
    return any(row.kind == "prevention" for row in results.sources())


def make(look: Look, selection: Selection) -> tuple[str, Picture]:
    """The sentence and the matrix of a selection, in a language and palette."""
    return told(words(look.lang), selection), picture(look, selection)


def rows(selection: Selection) -> Rows:
    """Activities of the chosen places, elections and days, the earliest first; filters of persons do not apply."""
    found = [
        row
        for row in results.ask(rows_of, "core_prevention", "source_id", "row_number")
        if is_chosen(row["government_code"], row["province_code"], selection)
        and (not selection.elections or row["election_code"] in selection.elections)
        and (not selection.since or row["held_on"] >= selection.since)
        and (not selection.until or row["held_on"] <= selection.until)
    ]
    return sorted(found, key=lambda row: (row["held_on"], row["government_code"], row["kind"]))


def told(w: Words, selection: Selection) -> str:
    """How many activities are listed, of which kinds, for how many governments."""
    found = rows(selection)
    if not found:
        return w("ledger.prevention.none")
    kinds = Counter(row["kind"] for row in found)
    asked = [
        code for code, row in results.governments().items() if is_chosen(code, row.province_code, selection)
    ]
    return w(
        "ledger.prevention.told",
        n=len(found),
        kinds=w.listed([f"{_kind(w, kind)} {w.number(kinds[kind])}" for kind in chart.KINDS if kinds[kind]]),
        first=found[0]["held_on"],
        last=found[-1]["held_on"],
        governments=len({row["government_code"] for row in found}),
        asked=len(asked),
        twice=sum(row["is_possible_duplicate"] for row in found),
    )


def picture(look: Look, selection: Selection) -> Picture:
    """The matrix of kinds and elections, and its sentence."""
    w = words(look.lang)
    found = rows(selection)
    groups = Counter((row["kind"], _election(row)) for row in found)
    made_up = {(row["kind"], _election(row)) for row in found if row["is_simulated"]}
    names = _elections(w)
    frame = pd.DataFrame(
        [
            {
                "kind": kind,
                "election": name,
                "activities": groups[kind, code],
                "is_simulated": (kind, code) in made_up,
            }
            for code, name in names.items()
            for kind in chart.KINDS
            if groups[kind, code]
        ],
        columns=["kind", "election", "activities", "is_simulated"],
    )
    return chart.figure(frame, words=w, theme=theme(look.theme)).to_dict(), chart.alt(frame, words=w)


def counts(w: Words, selection: Selection) -> Table:
    """A row per government, election and kind: number of activities, first and last day, and the lists that have them."""
    groups: dict[tuple[str, str, str], list[Mapping[str, Any]]] = {}
    for row in rows(selection):
        groups.setdefault((row["government_code"], _election(row), row["kind"]), []).append(row)
    elections, order = _elections(w), list(_elections(w))

    def place(key: tuple[str, str, str]) -> tuple[str, int, int]:
        return key[0], order.index(key[1]), chart.KINDS.index(key[2])

    keys = sorted(groups, key=place)
    lines = [_count(w, key, groups[key], elections) for key in keys]
    made_up = [any(row["is_simulated"] for row in groups[key]) for key in keys]
    return _table(w, "counts", _COUNTED, (lines, made_up), frozenset({3, 4}))


def table(w: Words, selection: Selection) -> Table:
    """Every activity with its day, its stated numbers and its source; small numbers of persons are withheld."""
    elections, publishers = _elections(w), _publishers()
    found = rows(selection)
    lines = [_line(w, row, elections, publishers) for row in found]
    made_up = [bool(row["is_simulated"]) for row in found]
    return _table(w, "activities", _LISTED, (lines, made_up), frozenset({5, 6}))


def _table(
    w: Words, name: str, head: Sequence[str], told: tuple[list[Cells], list[bool]], numeric: frozenset[int]
) -> Table:
    """A table of rows and whether each is simulated, which has a column only where any is: most lists are real."""
    lines, made_up = told
    heads = [w(f"ledger.prevention.columns.{column}") for column in (*head, *["origin"] * any(made_up))]
    if any(made_up):
        lines = [(*line, _origin(w, is_so)) for line, is_so in zip(lines, made_up, strict=True)]
    return Table(w(f"ledger.prevention.{name}"), tuple(heads), tuple(lines), numeric)


def _count(w: Words, key: tuple[str, str, str], found: Rows, elections: Mapping[str, str]) -> Cells:
    government, election, kind = key
    publishers = _publishers()
    return (
        results.governments()[government].short_name,
        elections[election],
        _kind(w, kind),
        w.number(len(found)),
        w.number(sum(row["is_possible_duplicate"] for row in found)),
        _day(found[0]["held_on"]),
        _day(found[-1]["held_on"]),
        "; ".join(sorted({publishers[row["source_id"]] for row in found})),
    )


def _line(
    w: Words, row: Mapping[str, Any], elections: Mapping[str, str], publishers: Mapping[str, str]
) -> Cells:
    publisher, url = publishers[row["source_id"]], row["source_url"]
    notes = [w("ledger.prevention.twice")] if row["is_possible_duplicate"] else []
    notes += [w(f"note.{caveat}") for caveat in row["caveats"].split(";") if caveat]
    return (
        _day(row["held_on"]),
        _kind(w, row["kind"]),
        results.governments()[row["government_code"]].short_name,
        elections[_election(row)],
        w(f"ledger.prevention.issuers.{row['issuer']}"),
        _persons(w, row["participants"]),
        _persons(w, row["signatures"]),
        "–" if is_missing(row["letter_number"]) else str(row["letter_number"]),
        publisher if is_missing(url) else Link(publisher, str(url)),
        " ".join(notes) or "–",
    )


def _election(row: Mapping[str, Any]) -> str:
    return "" if is_missing(row["election_code"]) else str(row["election_code"])


def _elections(w: Words) -> dict[str, str]:
    """Names of the elections by voting day; last, the time outside of every election."""
    days = results.election_days()
    return {code: row.name(w.lang) for code, row in days.items()} | {"": w("ledger.prevention.no_election")}


def _publishers() -> dict[str, str]:
    return {row.source_id: row.publisher or row.file_name for row in results.sources()}


def _kind(w: Words, kind: str) -> str:
    return w(f"ledger.prevention.kinds.{kind}")


def _day(day: Any) -> str:
    return str(day).replace("-", "\N{NON-BREAKING HYPHEN}")


def _persons(w: Words, count: Any) -> str:
    if is_missing(count):
        return w("ledger.prevention.not_stated")
    top = results.suppress_below() - 1
    return w.span(1, top, 0) if 0 < count <= top else w.number(count)


def _origin(w: Words, is_simulated: bool) -> str:
    return w("ui.simulated") if is_simulated else w("ui.sources.real")
