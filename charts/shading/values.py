"""Classes by value: round limits, and a class of its own for every reason why a unit has no value."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from charts.measure import STATES, Measure, State, states, withheld
from charts.theme import Theme
from language import Value, Words
from metrics.frame import Tidy, records

CLASSES: Final = 5
CROWDED: Final = 0.6
SIGNS: Final[dict[State, str]] = {"zero": "0", "suppressed": "•", "no_roster": "×", "refused": "–"}
HATCHES: Final[dict[State, str]] = {"suppressed": "/", "no_roster": "x", "refused": "."}


@dataclass(frozen=True)
class MapClass:
    """Units drawn alike: `step` is the shade from 0 to 4, None for the classes without a shade."""

    state: State
    step: int | None
    label: str
    units: tuple[str, ...]

    def fill(self, theme: Theme) -> str:
        """Colour of the class."""
        return theme.sequential[self.step] if self.step is not None else getattr(theme, self.state)

    @property
    def sign(self) -> str:
        """Sign that stands for the class besides its colour; shades have none."""
        return SIGNS.get(self.state, "")

    def signs(self) -> dict[str, str]:
        """Signs by unit, where a unit has one."""
        return dict.fromkeys(self.units, self.sign) if self.sign else {}

    @property
    def key(self) -> str:
        """Entry of the class in a legend that shows its pattern."""
        return self.label

    @property
    def on_tiles(self) -> bool:
        """Whether its signs stand on squares, beside the names; classes by value have patterns instead."""
        return False

    @property
    def hatch(self) -> str:
        """Pattern of the class where squares are drawn."""
        return HATCHES.get(self.state, "")


def by_value(frame: Tidy, *, words: Words, measure: Measure) -> tuple[MapClass, ...]:
    """Classes of a frame with one row per unit, with counts in their labels; empty shades are left out.

    Shades cover the positive estimates with round limits: equal steps from zero, or the series 1-2-5 where equal
    steps would put most units into the first. A class holds its lower limit and not its upper one.
    """
    rows, units_of = records(frame), {state: dict[str, Value]() for state in STATES}
    for row, state in zip(rows, states(rows), strict=True):
        units_of[state][row["unit_id"]] = row["estimate"]
    hidden = withheld(rows)
    found = [*_shades(units_of["value"], words, measure)] if units_of["value"] else []
    for state in STATES[1:]:
        units = tuple(units_of[state])
        if units:
            name = (
                measure.concealed(words, *hidden) if state == "suppressed" else words(f"chart.state.{state}")
            )
            found.append(MapClass(state, None, counted(words, name, len(units)), units))
    return tuple(found)


def _shades(shaded: Mapping[str, Value], words: Words, measure: Measure) -> Iterator[MapClass]:
    limits = _limits([float(value) for value in shaded.values()], measure)
    last = len(limits) - 2
    for place, (low, high) in enumerate(pairwise(limits)):
        units = tuple(
            unit for unit, value in shaded.items() if low <= value and (value < high or place == last)
        )
        if units:
            label = counted(words, _range(words, measure, low, high), len(units))
            yield MapClass("value", round(place * (CLASSES - 1) / max(last, 1)), label, units)


def _limits(values: list[float], measure: Measure) -> list[float]:
    if measure.kind == "proportion":
        return [place / CLASSES for place in range(CLASSES + 1)]
    # Classes of whole numbers end one below the next limit, so the highest count needs a limit above it.
    whole = measure.kind == "count"
    top = max(values) + whole
    step = max(_round_up(top / CLASSES), float(whole))
    if sum(value < step for value in values) <= CROWDED * len(values):
        return [round(step * place, 9) for place in range(math.ceil(round(top / step, 9)) + 1)]
    limits = [_round_up(top)]
    while len(limits) < CLASSES:
        limits.append(_round_up(limits[-1] / 2.6))
    return [0.0, *reversed(limits)]


def _round_up(x: float) -> float:
    """Smallest number of the series 1, 2, 5, 10, 20, 50 ... that is not below x."""
    power = 10.0 ** math.floor(math.log10(x))
    return next(round(lead * power, 9) for lead in (1, 2, 5, 10) if lead * power >= x * (1 - 1e-9))


def _range(words: Words, measure: Measure, low: float, high: float) -> str:
    if measure.kind == "count":
        low, high = max(low, measure.suppress_below), high - 1
        return words.number(high) if low >= high else words.span(low, high, 0)
    factor, sign = (100, "%") if measure.kind == "proportion" else (1, "")
    digits = next(d for d in range(9) if all(_is_whole(x * factor * 10**d) for x in (low, high)))
    first = words.number(low * factor, digits) if low else ">0"
    return f"{first}–{words.number(high * factor, digits)}{sign}"


def _is_whole(x: float) -> bool:
    return abs(x - round(x)) < 1e-6


def counted(words: Words, name: str, n: int) -> str:
    """Label of a class with the number of its units."""
    return f"{name} ({words('chart.regions', n=n)})"
