"""Whether places differ in how many recommendations are decided: a binomial funnel, its verdict and its table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from charts.comparing import funnel
from charts.comparing import words as telling
from charts.comparing.funnel import Scale
from charts.comparing.words import Row
from charts.measure import reason
from charts.theme import theme
from language import Words, words
from metrics.between import shares
from metrics.between.shares import Shares
from ui import filters, layout, method, notice, results
from ui.explaining import answers, methods
from ui.results import Look, Picture
from ui.showing import drawing, tables
from ui.showing.drawing import Behind, Beside
from ui.showing.tables import Table
from ui.topics import between
from warehouse.selection import Selection

METRIC: Final = "followed_up_share"
KEY: Final = "shares_funnel"
LEVELS: Final = ("province", "government")
_HEAD: Final = ("unit", "trials", "decided", "share", "interval", "position", "note")


def show(w: Words, chosen: Selection) -> None:
    """The units of a selection against the share of all of them: provinces, governments, or the agencies of some."""
    by = "agency"
    if not (chosen.governments or chosen.agencies):
        names = {code: w(f"pages.regions.levels.{code}") for code in LEVELS}
        by = filters.choice("tingkat", names, w("pages.regions.level"))
    found = results.remembered(compared, chosen, by)
    notice.say(verdict(w, found), KEY)
    units = results.of(METRIC, chosen, by)
    under = Behind(
        w("between.shares.table"),
        lambda: [table(w, chosen, by)],
        lambda: [answers.of(w, units, methods.FUNNEL_OF_SHARES)],
    )
    beside = Beside(foot=method.foot(w, units))
    if is_drawn(found):
        made = results.remembered(picture, drawing.look(w), chosen, by)
        drawing.chart(w, made, KEY, under, beside)
    else:
        drawing.unpictured(w, KEY, under, beside)
    layout.text(w("between.shares.how"))


def verdict(w: Words, found: Shares) -> str:
    """Whether any unit differs by more than chance, and how many are withheld even where too few are left to compare."""
    told, hidden = between.verdict(w, found), int(found.frame["suppressed"].sum())
    few = hidden > 0 and len(found.told) < 2
    return f"{told} {w('between.verdict.hidden_share', n=hidden)}" if few else told


def compared(chosen: Selection, by: str) -> Shares:
    """The shares of the units of a selection against that of all of them."""
    return shares.compare(results.of(METRIC, chosen, by), results.of(METRIC, chosen, "kalimantan"))


def is_drawn(found: Shares) -> bool:
    """Whether there is a share of the group and any unit to hold against it."""
    return not np.isnan(found.target) and len(found.told) > 1


def picture(look: Look, chosen: Selection, by: str) -> Picture:
    """The funnel of shares along the number of persons recommended."""
    found, w = results.remembered(compared, chosen, by), words(look.lang)
    scale = Scale(
        x="trials",
        y="share",
        x_title="between.shares.persons",
        y_title="between.shares.share",
        target=found.target,
        target_name="between.shares.target",
        is_share=True,
        told=hover,
    )
    drawn = funnel.figure(
        found.frame, words=w, theme=theme(look.theme), lines=shares.lines(found), scale=scale
    )
    return drawn.to_dict(), telling.alt("between.shares.alt", found.frame, w)


def hover(w: Words, row: Row) -> list[str]:
    """Lines about a unit with a share, its name first."""
    counts = {"events": w.number(row["observed"]), "n": w.number(row["trials"])}
    span = w.percent_span(row["lower"], row["upper"])
    return [
        str(row["unit_name"]),
        w("chart.hover.of", **counts),
        w("between.shares.told", share=w.percent(row["share"]), span=span),
        telling.place(w, row),
    ]


def table(w: Words, chosen: Selection, by: str) -> Table:
    """The table twin: every number of a unit, or the reason why it has none."""
    how = tables.measure(w, results.of(METRIC, chosen, by))
    head = tuple(w(f"between.shares.columns.{name}") for name in _HEAD)
    rows = results.remembered(compared, chosen, by).frame.to_dict("records")
    return Table(
        w("between.shares.table"), head, tuple(_row(w, row, how) for row in rows), frozenset({1, 2, 3, 4})
    )


def _row(w: Words, row: Mapping[Any, Any], how: Any) -> tuple[str, ...]:
    told = row["refusal"] == "none"
    shown = (
        (
            w.number(row["trials"]), w.number(row["observed"]), w.percent(row["share"]),
            w.percent_span(row["lower"], row["upper"]), telling.place(w, row), "",
        )
        if told
        else (*[w.number(None)] * 5, reason(w, how, row["refusal"]))
    )  # fmt: skip
    return (str(row["unit_name"]), *shown)
