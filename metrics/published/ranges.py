"""The least and greatest number of persons in a set of places, worked out of published cells and of nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

from metrics.published.cells import ISLAND, NOTHING, WHOLE, Published, Span, added, both, without

Codes = frozenset[str]


@dataclass(frozen=True)
class Asked:
    """Measures of a period whose persons are asked for; `covered` are the same measures in the governments that have a
    usable roster, which are `rosters`."""

    period: str
    names: tuple[str, ...]
    covered: tuple[str, ...] = ()
    rosters: Codes = frozenset()


def of_governments(cells: Published, asked: Asked, codes: Iterable[str]) -> Span | None:
    """Persons in the governments of `codes`; None where no published cells add up to them.

    A government without a register has no cells and no persons. Whatever is told here anybody can work out: a set is the
    sum of its governments, a province or the island as a whole, or such a whole without its other governments.
    """
    wanted = frozenset(codes)
    if not asked.names or (asked.period != WHOLE and asked.period not in cells.periods):
        # Nobody meets conditions that contradict each other.
        return NOTHING
    wanted &= cells.everybody
    if not wanted:
        return NOTHING
    island = _of_own(cells, asked, (ISLAND, ISLAND), cells.everybody, wanted)
    if len(wanted) == 1 and island is None and cells.has("government", asked.period, asked.names):
        return _of_each(cells, asked, wanted)
    inside = {province: homes & wanted for province, homes in cells.homes.items() if homes & wanted}
    if island is not None and len(inside) > 1:
        return island
    found = [_of_province(cells, asked, province, own) for province, own in inside.items()]
    sums = [] if island is None else [island]
    told = [span for span in found if span is not None]
    sums += [added(told)] if len(told) == len(found) else []
    if island is None and (len(inside) > 1 or len(cells.homes) == 1):
        sums += _of_whole(cells, asked, (ISLAND, ISLAND), (cells.everybody, wanted))
    return reduce(both, sums) if sums else None


def _of_own(
    cells: Published, asked: Asked, place: tuple[str, str], homes: Codes, wanted: Codes
) -> Span | None:
    """The span of a set that has a cell of its own: the table tells of it what all others leave of it."""
    level, code = place
    found = [
        cells.span(level, code, asked.period, names)
        for names, whole in ((asked.names, homes), (asked.covered, asked.rosters & homes))
        if names and wanted == whole and cells.has(level, asked.period, names)
    ]
    return reduce(both, found) if found else None


def of_agencies(cells: Published, asked: Asked, agencies: Iterable[str]) -> Span | None:
    """Persons in some agencies; None where the measures are not published of agencies."""
    if not asked.names:
        return NOTHING
    if not cells.has("agency", asked.period, asked.names):
        return None
    places = [agency for agency in agencies if ("agency", agency, asked.period) in cells.cells]
    return cells.sum("agency", places, asked.period, asked.names)


def _of_province(cells: Published, asked: Asked, province: str, own: Codes) -> Span | None:
    place = ("province", province)
    if (span := _of_own(cells, asked, place, cells.homes[province], own)) is not None:
        return span
    alone = _of_each(cells, asked, own)
    sums = [] if alone is None else [alone]
    sums += _of_whole(cells, asked, place, (cells.homes[province], own))
    return reduce(both, sums) if sums else None


def _of_whole(
    cells: Published, asked: Asked, place: tuple[str, str], sets: tuple[Codes, Codes]
) -> list[Span]:
    """Spans of a set inside a province or the island: the whole, or the whole without the others."""
    (level, code), (homes, own) = place, sets
    found = []
    for names, whole in ((asked.names, homes), (asked.covered, asked.rosters & homes)):
        if not names or not own <= whole or not cells.has(level, asked.period, names):
            continue
        rest = _of_each(cells, asked, whole - own)
        if rest is not None:
            span = cells.span(level, code, asked.period, names)
            found.append(span if own == whole else without(span, rest))
    both_told = asked.covered and cells.has(level, asked.period, (*asked.names, *asked.covered))
    if both_told and own == homes - asked.rosters:
        everybody, part = (cells.span(level, code, asked.period, one) for one in (asked.names, asked.covered))
        found.append(without(everybody, part))
    return found


def _of_each(cells: Published, asked: Asked, codes: Codes) -> Span | None:
    if not codes:
        return NOTHING
    if not cells.has("government", asked.period, asked.names):
        return None
    return cells.sum("government", codes, asked.period, asked.names)


def total(spans: Iterable[Span | None]) -> Span | None:
    """The sum of several spans; None where one of them is not told."""
    kept = list(spans)
    told = [span for span in kept if span is not None]
    return added(told) if len(told) == len(kept) else None
