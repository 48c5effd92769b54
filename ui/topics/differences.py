"""How differences are told: a figure's marks, a sentence per pair, the table; each says how sure it is or why it is silent."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from charts.comparing.ratios import Ratio
from language import Words, is_missing
from metrics.comparing.pairs import LEVEL, Against, Difference, Side, differences
from metrics.result import Result
from ui import results
from ui.showing import tables
from ui.showing.tables import Table

AGAINST: Final[tuple[Against, ...]] = ("first", "rest")
_LEAST_P: Final = 0.001
_HEAD: Final = (
    "unit", "base", "events", "base_events", "ratio", "ratio_span", "difference", "difference_span", "p", "adjusted",
    "visible", "visible_to", "note",
)  # fmt: skip


def againsts(w: Words) -> dict[str, str]:
    """What units may be held against."""
    return {code: w(f"comparing.againsts.{code}") for code in AGAINST}


def of(units: Result, whole: Result, picked: Sequence[str], against: str) -> tuple[Difference, ...]:
    """The pairs of the picked units."""
    against_what: Against = "rest" if against == "rest" else "first"
    return differences(units, whole, picked, against_what, results.suppress_below())


def marks(w: Words, pairs: Sequence[Difference]) -> list[Ratio]:
    """The pairs as a figure draws them."""
    return [
        Ratio(
            pair.unit.name,
            None if is_missing(pair.ratio) else pair.ratio,
            *pair.ratio_interval,
            pair.is_apart,
            tuple(_lines(w, pair, pairs)),
            _brief(w, pair),
        )
        for pair in pairs
    ]


def alt(w: Words, pairs: Sequence[Difference]) -> str:
    """One or two sentences: which pairs are apart, which are silent."""
    told = [pair for pair in pairs if pair.withheld == "none"]
    apart = [pair.unit.name for pair in told if pair.is_apart]
    silent = [pair.unit.name for pair in pairs if pair.withheld != "none"]
    parts = []
    if told:
        key = "some" if apart else "none"
        names = {"names": w.listed(apart)} if apart else {}
        parts.append(w(f"comparing.alt.{key}", n=len(told), **names))
    if silent:
        parts.append(w("comparing.alt.withheld", names=w.listed(silent)))
    return " ".join(parts)


def sentences(w: Words, pairs: Sequence[Difference], result: Result | None = None) -> list[str]:
    """A paragraph per pair: the ratio, what chance has to do with it, and whether a difference could have been seen.

    With the answer that the pairs are from, the difference in its unit stands behind the ratio.
    """
    told = [_lines(w, pair, pairs) for pair in pairs]
    steps = [[] if result is None or is_missing(pair.ratio) else [_step(w, pair, result)] for pair in pairs]
    return [" ".join([*lines[:1], *step, *lines[1:]]) for lines, step in zip(told, steps, strict=True)]


def table(w: Words, pairs: Sequence[Difference], result: Result) -> Table:
    """The pairs as a table; a withheld pair shows why in place of its numbers."""
    unit = result.unit(w.lang)
    head = tuple(
        w(f"comparing.table.{name}", unit=unit) if name == "difference" else w(f"comparing.table.{name}")
        for name in _HEAD
    )
    rows = tuple(_row(w, pair, result) for pair in pairs)
    return Table(w("comparing.title"), head, rows, frozenset(range(2, len(_HEAD) - 1)))


def _row(w: Words, pair: Difference, result: Result) -> tuple[str, ...]:
    how = tables.measure(w, result)
    span = tuple(_signed(w, how.shown(w, abs(end)), end) for end in pair.difference_interval)
    told = pair.withheld == "none"
    return (
        pair.unit.name,
        _base(w, pair.base),
        _events(w, pair.unit),
        _events(w, pair.base) if told or pair.base.name else w.number(None),
        _times(w, pair.ratio),
        f"{_times(w, pair.ratio_interval[0])}–{_times(w, pair.ratio_interval[1])}"
        if told
        else w.number(None),
        _signed(w, how.shown(w, abs(pair.difference)), pair.difference),
        w("comparing.span", low=span[0], high=span[1]) if told else w.number(None),
        probability(w, pair.p),
        probability(w, pair.adjusted),
        _times(w, pair.visible_from),
        _times(w, pair.visible_to),
        _brief(w, pair),
    )


def _lines(w: Words, pair: Difference, pairs: Sequence[Difference]) -> list[str]:
    if pair.withheld != "none":
        lacking = _lacking(pair)
        if pair.unit in lacking and {side.refusal for side in lacking} == {"not_published"}:
            return [f"{pair.unit.name}: {w('comparing.withheld.not_published')}"]
        reasons = [w(f"comparing.lacking.{side.refusal}", name=side.name) for side in lacking]
        return [f"{pair.unit.name}: {w(f'comparing.withheld.{pair.withheld}')}", *reasons]
    lines = [_ratio(w, pair)]
    if not is_missing(pair.ratio):
        kind = "found" if pair.is_apart else "among_many" if pair.p < 1.0 - LEVEL else "none"
        n = sum(other.withheld == "none" for other in pairs)
        where = "chance" if n > 1 else "chance_alone"
        lines.append(
            w(
                f"comparing.{where}.{kind}",
                p=probability(w, pair.p),
                adjusted=probability(w, pair.adjusted),
                n=n,
            )
        )
    return [*lines, _seen(w, pair)]


def _lacking(pair: Difference) -> list[Side]:
    """The sides that have no rate; none of them is a zero."""
    return [side for side in (pair.base, pair.unit) if side.exposure is None and side.name]


def _seen(w: Words, pair: Difference) -> str:
    up, down = not math.isinf(pair.visible_from), not is_missing(pair.visible_to)
    high, low = _times(w, pair.visible_from), _times(w, pair.visible_to)
    if up and down:
        return w("comparing.seen.either", high=high, low=low)
    return w("comparing.seen.above", high=high) if up else w("comparing.seen.never")


def _ratio(w: Words, pair: Difference) -> str:
    names = {"name": pair.unit.name, "base": _base(w, pair.base)}
    low, high = (_times(w, end) for end in pair.ratio_interval)
    if is_missing(pair.ratio):
        return w("comparing.told.both_zero", name=pair.unit.name)
    if pair.ratio == 0:
        return w("comparing.told.zero", **names, upper=high)
    if math.isinf(pair.ratio):
        return w("comparing.told.base_zero", **names, lower=low)
    return w("comparing.told.ratio", **names, ratio=_times(w, pair.ratio), span=f"{low}–{high}")


def _brief(w: Words, pair: Difference) -> str:
    if pair.withheld != "none":
        return w(f"comparing.brief.{pair.withheld}")
    return w("comparing.brief.both_zero") if is_missing(pair.ratio) else ""


def _step(w: Words, pair: Difference, result: Result) -> str:
    """The difference with its interval, in the unit of the rate."""
    how = tables.measure(w, result)
    low, high = (_signed(w, how.shown(w, abs(end)), end) for end in pair.difference_interval)
    shown = _signed(w, how.shown(w, abs(pair.difference)), pair.difference)
    return w("comparing.step", difference=shown, unit=how.unit, span=w("comparing.span", low=low, high=high))


def _base(w: Words, base: Side) -> str:
    return base.name or w("comparing.rest")


def _events(w: Words, side: Side) -> str:
    if side.exposure is None:
        return w.number(None)
    if side.events is not None:
        return w.number(side.events)
    if is_missing(side.least):
        return w("chart.hidden")
    return w("chart.at_least", n=side.least) if is_missing(side.most) else w.span(side.least, side.most, 0)


def _times(w: Words, ratio: float) -> str:
    if is_missing(ratio) or math.isinf(ratio):
        return w.number(None) if is_missing(ratio) else "∞"
    return w.number(ratio, 2 if 0 < ratio < 1 else 1 if 0 < ratio < 20 else 0)


def _signed(w: Words, written: str, value: float) -> str:
    return written if is_missing(value) or value == 0 else f"{'+' if value > 0 else '−'}{written}"


def probability(w: Words, p: float) -> str:
    """A p-value as it is written; a very small one as smaller than the least that is told."""
    if is_missing(p):
        return w.number(None)
    return f"<\N{NO-BREAK SPACE}{w.number(_LEAST_P, 3)}" if p < _LEAST_P else w.number(p, 3)
