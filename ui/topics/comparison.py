"""Whether units differ by more than chance: their intervals against the rate of the whole. No ranks."""

from __future__ import annotations

from typing import Final

import pandas as pd

from language import Words
from metrics.comparing.reference import is_withheld, reference_range, reference_rate, reference_rates
from metrics.result import Result
from ui import results
from ui.frame import menu
from ui.showing import tables

MOST: Final = 6
_LEVEL: Final = 0.95
_NAMED: Final = 8


def verdict(w: Words, units: Result, whole: Result) -> str:
    """One or two sentences: which units lie apart from the whole, and how many would by chance alone."""
    rate, rates = reference_rate(whole), reference_rates(whole)
    told = units.frame[units.frame["refusal"] == "none"]
    if why := missing(w, units.frame):
        return why
    if is_withheld(whole):
        return _withheld(w, whole)
    if rates is None or len(told) < 2:
        return w("pages.agencies.verdict.few")
    held = around(w, reference_range(whole))
    shown = f"{tables.measure(w, whole).shown(w, rate)} {whole.unit(w.lang)}"
    above = told.loc[told["lower"] > rates[1], "unit_name"].sort_values()
    below = told.loc[told["upper"] < rates[0], "unit_name"].sort_values()
    names = [w("pages.agencies.verdict.above", name=name) for name in above]
    names += [w("pages.agencies.verdict.below", name=name) for name in below]
    if not names:
        return f"{w('pages.agencies.verdict.none', rate=shown)} {held}".strip()
    more = [w("selection.others", n=len(names) - _NAMED)] if len(names) > _NAMED else []
    listed = w.listed([*names[:_NAMED], *more])
    expected = round((1 - _LEVEL) * len(told), 1)
    numbers = {"n": len(names), "total": len(told), "expected": expected}
    return f"{w('pages.agencies.verdict.some', rate=shown, names=listed, **numbers)} {held}".strip()


def around(w: Words, ends: tuple[int, int] | None) -> str:
    """How units are held against a group whose number is told as a range; else empty."""
    if ends is None:
        return ""
    least, most = map(w.number, ends)
    return w("comparing.around", least=least, most=most)


def _withheld(w: Words, whole: Result) -> str:
    """That nothing is held against a group of which only a wide range is told, or nothing."""
    row = whole.head or {}
    if row.get("most") is None:
        return w("comparing.group_withheld")
    return w("comparing.group_wide", range=w.span(row["least"], row["most"], 0))


def missing(w: Words, frame: pd.DataFrame) -> str:
    """Why no unit has a number, where it is for want of data and not because of small counts; else empty."""
    refused = frame["refusal"].isin(["no_events_table", "no_roster", "scope"])
    if frame.empty or not refused.all():
        return ""
    return w("unknown.unit", reason=w(f"chart.refusal.{frame['refusal'].mode().iloc[0]}"))


def names(units: Result) -> dict[str, str]:
    """Units a reader may put side by side, with their names."""
    return dict(zip(units.columns["unit_id"], units.columns["unit_name"], strict=True))


def invite(w: Words) -> None:
    """Ask for a government, and offer those of the provinces."""
    employers = [row for row in results.governments().values() if row.level == "province"]
    menu.offer(w("pages.agencies.hint"), {row.short_name: row.government_code for row in employers})
