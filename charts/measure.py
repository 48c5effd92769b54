"""How a metric is written on figures, and in which state a row of the tidy frame is."""

from __future__ import annotations

import textwrap
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from language import Value, Words, is_missing
from metrics.frame import Rows, Tidy, records

State = Literal["value", "zero", "suppressed", "no_roster", "refused"]
PAIR: Final = ">"
_SHORT_FORMS: Final = {
    "Pemerintah Provinsi": "Pemprov",
    "Pemerintah Kabupaten": "Pemkab",
    "Pemerintah Kota": "Pemkot",
    "Kabupaten": "Kab.",
    "Provinsi Kalimantan": "Kalimantan",
}
STATES: Final[tuple[State, ...]] = ("value", "zero", "suppressed", "no_roster", "refused")


@dataclass(frozen=True)
class Measure:
    """A metric as a figure writes it: `title` and `unit` are in the reader's language.

    `kind` tells how `estimate` is written: a rate with decimals, a proportion as per cent, a count as a whole
    number. `suppress_below` is the threshold k of the frame: no count from 1 to k-1 is shown.
    """

    kind: Literal["rate", "proportion", "count"]
    title: str
    unit: str
    suppress_below: int = 5

    def shown(self, words: Words, x: Value) -> str:
        """One value: 1,4 · 54% · 14.662; a rate below 1 has two decimals, a rate from 100 on none."""
        if self.kind == "proportion":
            return words.percent(x)
        return words.number(x, self._digits(x))

    def span(self, words: Words, lower: Value, upper: Value) -> str:
        """An interval: 0,03–5,6 · 12–47%."""
        if is_missing(lower) or is_missing(upper):
            return words.number(None)
        if self.kind == "proportion":
            return words.percent_span(lower, upper)
        return f"{self.shown(words, lower)}–{self.shown(words, upper)}"

    def hidden(self, words: Words, *rows: Mapping[Hashable, Value]) -> str:
        """What stands for suppressed counts: the range of all of them, 0–4; for a proportion only that it is suppressed.

        A proportion is suppressed for its numerator, its complement or its denominator, and does not say which.
        """
        if self.kind == "proportion" or not rows or is_missing(rows[0]["least"]):
            return words("chart.hidden")
        least = min(int(float(row["least"])) for row in rows)
        if any(is_missing(row["most"]) for row in rows):
            return words("chart.at_least", n=least)
        return words.span(least, max(int(float(row["most"])) for row in rows), 0)

    def concealed(self, words: Words, *rows: Mapping[Hashable, Value]) -> str:
        """The same as a sentence part: 0–4 orang, disamarkan."""
        if self.kind == "proportion" or not rows or is_missing(rows[0]["least"]):
            return words("chart.state.few")
        return words("chart.refusal.suppressed", range=self.hidden(words, *rows))

    @property
    def axis(self) -> str:
        """Title of the axis that shows the estimate."""
        return f"{self.title} ({self.unit})" if self.unit else self.title

    def _digits(self, x: Value) -> int:
        if self.kind == "count" or is_missing(x) or float(x) == 0 or abs(float(x)) >= 100:
            return 0
        return 1 if abs(float(x)) >= 1 else 2


def states(frame: Tidy) -> list[State]:
    """State of every row: a value, a true zero, suppressed, without roster, or refused for another reason."""
    return [_state(bool(row["suppressed"]), row["refusal"], row["estimate"]) for row in records(frame)]


def withheld(frame: Tidy) -> list[Mapping[Hashable, Value]]:
    """The suppressed rows, as `Measure.hidden` takes them."""
    return [row for row in records(frame) if row["suppressed"]]


def _state(suppressed: bool, refusal: Value, estimate: Value) -> State:
    if suppressed or refusal == "suppressed":
        return "suppressed"
    if refusal == "no_roster":
        return "no_roster"
    if is_missing(estimate):
        return "refused"
    return "zero" if float(estimate) == 0 else "value"


def reason(words: Words, measure: Measure, refusal: Value, *rows: Mapping[Hashable, Value]) -> str:
    """Why a row has no number, in words; of `rows` that are suppressed with their range."""
    if refusal == "suppressed":
        return measure.concealed(words, *rows)
    known = refusal if isinstance(refusal, str) and refusal != "none" else "unknown"
    return words(f"chart.refusal.{known}")


def hover(row: Mapping[Hashable, Value], words: Words, measure: Measure) -> list[str]:
    """Lines about one row: its unit, then the estimate, its interval, events and exposure, or the reason."""
    state = _state(bool(row["suppressed"]), row["refusal"], row["estimate"])
    if state == "suppressed":
        lines = [reason(words, measure, "suppressed", row), _interval(row, words, measure)]
    elif state in ("no_roster", "refused"):
        lines = [reason(words, measure, row["refusal"])]
    elif state == "zero":
        lines = [words("chart.hover.zero"), _upper(row, words, measure)]
    else:
        lines = [measure.shown(words, row["estimate"]), _interval(row, words, measure)]
    return [str(row["unit_name"]), *(line for line in [*lines, _counts(row, words, measure)] if line)]


def _interval(row: Mapping[Hashable, Value], words: Words, measure: Measure) -> str:
    known = measure.kind == "count" and bool(row["suppressed"])
    if known or is_missing(row["lower"]) or is_missing(row["upper"]):
        return ""
    key = "chart.hover.range" if bool(row["suppressed"]) else "chart.hover.interval"
    span = measure.span(words, row["lower"], row["upper"])
    return words(key, level=words.percent(row["level"]), span=span)


def _upper(row: Mapping[Hashable, Value], words: Words, measure: Measure) -> str:
    if is_missing(row["upper"]):
        return ""
    return words(
        "chart.hover.upper", level=words.percent(row["level"]), value=measure.shown(words, row["upper"])
    )


def _counts(row: Mapping[Hashable, Value], words: Words, measure: Measure) -> str:
    if measure.kind == "count":
        return ""
    events, exposure, heads = (row[name] for name in ("events", "exposure", "headcount"))
    if measure.kind == "proportion":
        if is_missing(events) or is_missing(exposure):
            return ""
        return words("chart.hover.of", events=words.number(events), n=words.number(exposure))
    parts = [] if is_missing(events) else [words("chart.hover.events", n=events)]
    if not is_missing(heads):
        parts.append(words("chart.hover.headcount", n=heads))
    return " · ".join(parts)


def is_simulated(frame: Tidy) -> bool:
    """Whether any row of the frame rests on simulated data."""
    return any(bool(row["is_simulated"]) for row in records(frame))


def group_name(words: Words, group: Value) -> str:
    """Name of a group code of the frame in the reader's language; a code without a text stands for itself.

    A pair "recommended>imposed" is named by both of its parts.
    """
    if PAIR in str(group):
        return " → ".join(group_name(words, part) for part in str(group).split(PAIR))
    try:
        return words(f"chart.group.{group}")
    except KeyError:
        return str(group)


def short_name(name: str, width: int = 22) -> str:
    """Name for an axis: employers in their usual short form, on at most two lines of `width` characters."""
    for long, short in _SHORT_FORMS.items():
        name = name.replace(long, short)
    lines = textwrap.wrap(name, width)
    if len(lines) > 2:
        lines = [lines[0], textwrap.shorten(" ".join(lines[1:]), width, placeholder="…")]
    return "<br>".join(lines)


def sentence(key: str, frame: Tidy, *, words: Words, measure: Measure) -> str:
    """One sentence about a frame: `key` names the chart; then values, rows without one, and how sure it is."""
    rows = records(frame)
    if not rows:
        return words("chart.no_rows")
    units = {row["unit_id"] for row in rows}
    parts = [words(key, title=measure.title, unit=measure.unit, n=len(units))]
    found = states(rows)
    values = [float(row["estimate"]) for row, state in zip(rows, found, strict=True) if state == "value"]
    if values:
        low, high = measure.shown(words, min(values)), measure.shown(words, max(values))
        parts.append(words("chart.alt.one" if low == high else "chart.alt.values", low=low, high=high))
    outside = sum(row["refusal"] == "scope" for row in rows)
    for state in STATES[1:]:
        n = found.count(state) - (outside if state == "refused" else 0)
        if n:
            hidden = withheld(rows) if state == "suppressed" else []
            parts.append(_counted(state, n, words, (measure, hidden)))
    if outside:
        parts.append(words("chart.alt.outside", n=outside))
    parts += _certainty(rows, found, words)
    if is_simulated(rows):
        parts.append(words("chart.alt.simulated"))
    return "; ".join(parts) + "."


def _counted(state: State, n: int, words: Words, told: tuple[Measure, list[Mapping[Hashable, Value]]]) -> str:
    measure, rows = told
    if state != "suppressed":
        return words(f"chart.alt.{state}", n=n)
    if measure.kind == "proportion":
        return words("chart.alt.few", n=n)
    return words("chart.alt.suppressed", n=n, range=measure.hidden(words, *rows))


def _certainty(rows: Rows, found: list[State], words: Words) -> list[str]:
    drawn = [
        (float(row["lower"]), float(row["upper"]), row["level"])
        for row, state in zip(rows, found, strict=True)
        if state in ("value", "zero") and not (is_missing(row["lower"]) or is_missing(row["upper"]))
    ]
    if not drawn:
        return []
    level = words.percent(max(level for _, _, level in drawn))
    if len(drawn) == 1:
        return [words("chart.alt.interval", level=level)]
    if max(lower for lower, _, _ in drawn) > min(upper for _, upper, _ in drawn):
        return [words("chart.alt.apart", level=level)]
    # The range of a withheld unit may well lie beside them.
    return [words("chart.alt.overlap_told" if "suppressed" in found else "chart.alt.overlap", level=level)]
