"""Do neighbouring regencies and cities resemble each other in a rate, beyond chance?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from stats.space import Local, Neighbours, local_moran, moran, standardised_rates

if TYPE_CHECKING:
    from metrics.result import Result

FEWEST_UNITS: Final = 20
LEVEL: Final = 0.05


@dataclass(frozen=True)
class SpaceSignal:
    """What there is to say: Moran's I of the field, and the names of units that stand out with their neighbours.

    `alike` is True where neighbours resemble each other beyond chance, False where they differ beyond chance, None where
    only single units stand out. `high` lie with their neighbours above the common rate, `low` below it, `apart` on the
    other side than their neighbours.
    """

    i: float
    p: float
    units: int
    alike: bool | None
    high: tuple[str, ...]
    low: tuple[str, ...]
    apart: tuple[str, ...]
    is_simulated: bool


def space(result: Result, pairs: Iterable[tuple[str, str]]) -> SpaceSignal | None:
    """The pattern of a rate by government, or None where nothing goes beyond chance (or little is known).

    Only what the answer publishes goes in: a suppressed count enters as the middle of its range, so that nothing that
    comes out depends on it; one without bounds is left out. Governments that were refused are left out, and so are
    provinces' own staff, who are in no place of their own. Fewer than twenty units are not judged.
    """
    if (
        result.definition.kind != "rate"
        or result.by != "government"
        or result.period != "whole"
        or result.group
    ):
        return None
    kept = np.isin(result.columns["refusal"].astype(str), ["none", "suppressed"]) & ~np.isnan(
        result.columns["most"]
    )
    told = {name: column[kept] for name, column in result.columns.items()}
    events = (told["least"] + told["most"]) / 2.0
    neighbours = Neighbours.of(pairs, told["unit_id"].tolist())
    if len(neighbours.units) < FEWEST_UNITS:
        return None
    staff = told["exposure"][neighbours.places]
    values = standardised_rates(events[neighbours.places], staff)
    field, single = moran(values, neighbours), local_moran(values, neighbours, LEVEL)
    if not field or not single or (field.p > LEVEL and not single.stands_out.any()):
        return None
    names = dict(zip(told["unit_id"], told["unit_name"], strict=True))
    alike = field.i > field.expected if field.p <= LEVEL else None
    groups = _named(single, names)
    simulated = bool(told["is_simulated"].any())
    return SpaceSignal(field.i, field.p, field.units, alike, *groups, simulated)


def _named(single: Local, names: dict[str, str]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    high: list[str] = []
    low: list[str] = []
    apart: list[str] = []
    for place in np.flatnonzero(single.stands_out).tolist():
        own, around = single.own[place] > 0, single.around[place] > 0
        group = apart if own != around else high if own else low
        group.append(names[single.units[place]])
    return tuple(sorted(high)), tuple(sorted(low)), tuple(sorted(apart))
