"""Published figures of one election, area and stage in pairs, with the reasons that their columns tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from charts.published import STAGES
from language import Words, is_missing
from ui import results
from ui.showing.tables import Table
from ui.topics import evidence
from warehouse.rows import rows_of
from warehouse.selection import Selection

REASONS: Final = (
    "differs_unit", "counts_non_asn", "counts_support_list", "differs_part", "single_event", "differs_period",
    "differs_cut_off", "lacks_cut_off", "differs_publisher", "is_overlap",
)  # fmt: skip
RELATIONS: Final = ("agree", "grew", "fell", "differ", "separate", "not_comparable")
WITH_DIFFERENCE: Final = ("grew", "fell", "differ")
_HEAD: Final = ("first", "second", "relation", "difference", "share", "why")


def pairs(figures: pd.DataFrame) -> list[Mapping[str, Any]]:
    """Pairs among `figures` (columns of core_published_figure), those about Kalimantan first, comparable ones before others."""
    days, own = results.election_days(), set(figures["figure_id"])
    found = results.ask(rows_of, "mart_published_comparison", "figure_id", "other_figure_id")

    def order(row: Mapping[str, Any]) -> tuple[Any, ...]:
        age = -days[row["election_code"]].voting_on.toordinal()
        apart = is_missing(row["difference"])
        return (
            row["area_kind"] == "national", apart, age, row["area_name"], STAGES.index(row["stage"]), row["figure_id"],
        )  # fmt: skip

    return sorted((row for row in found if row["figure_id"] in own), key=order)


def reasons(row: Mapping[Any, Any]) -> list[str]:
    """The columns that set two figures apart; `unexplained` where they differ and none does."""
    found = [name for name in REASONS if row[name]]
    explained = [name for name in found if name != "is_overlap"]
    return found if explained or row["relation"] not in WITH_DIFFERENCE else ["unexplained", *found]


def told(w: Words, rows: Sequence[Mapping[str, Any]]) -> str:
    """How many pairs stand in which relation, and how many differences no column explains."""
    if not rows:
        return w("ledger.compared.none")
    relations = Counter(row["relation"] for row in rows)
    unexplained = sum("unexplained" in reasons(row) for row in rows)
    counts = {name: relations[name] for name in RELATIONS}
    return w("ledger.compared.told", n=len(rows), unexplained=unexplained, **counts)


def table(w: Words, selection: Selection) -> Table:
    """A row per pair: both figures with unit and cut-off, relation, difference, and why."""
    figures = evidence.figures(selection)
    names, days = results.elections(w), _cut_offs(figures)
    head = (
        *(w(f"pages.published.columns.{name}") for name in ("area", "election", "stage")),
        *(w(f"ledger.compared.{name}") for name in _HEAD),
    )
    cells = tuple(_row(w, row, names, days) for row in pairs(figures))
    return Table(w("ledger.compared.title"), head, cells, frozenset({6, 7}))


def _row(
    w: Words, row: Mapping[Any, Any], names: Mapping[str, str], days: Mapping[str, str]
) -> tuple[str, ...]:
    why = "; ".join(w(f"ledger.reasons.{name}") for name in reasons(row))
    return (
        str(row["area_name"]),
        names[row["election_code"]],
        w(f"pages.published.stages.{row['stage']}"),
        _figure(w, row["count"], row["unit"], (row["figure_id"], days)),
        _figure(w, row["other_count"], row["other_unit"], (row["other_figure_id"], days)),
        w(f"ledger.relations.{row['relation']}"),
        signed(w, row["difference"]),
        share(w, row["relative_difference"]),
        why or "–",
    )


def _figure(w: Words, count: int, unit: str, source: tuple[str, Mapping[str, str]]) -> str:
    number, days = source
    return f"{w.number(count)} {w(f'pages.published.units.{unit}')} · {days.get(number, '–')} · {number}"


def _cut_offs(figures: pd.DataFrame) -> dict[str, str]:
    """The cut-off of every figure as its source writes it; a date must not be broken at its hyphens."""
    found = zip(figures["figure_id"], figures["period_end"], strict=True)
    return {
        number: "–" if is_missing(day) else str(day).replace("-", "\N{NON-BREAKING HYPHEN}")
        for number, day in found
    }


def signed(w: Words, difference: Any) -> str:
    """A difference with its sign; a dash where none may be stated."""
    if is_missing(difference):
        return "–"
    return f"{'+' if difference > 0 else ''}{w.number(difference)}"


def share(w: Words, relative: Any) -> str:
    """A relative difference with its sign, in per cent."""
    if is_missing(relative):
        return "–"
    return f"{'+' if relative > 0 else ''}{w.percent(relative)}"
