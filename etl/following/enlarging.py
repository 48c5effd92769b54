"""A release with the clocks that it told as one system, so that whatever is told later is protected beside both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from etl.following.elections import KINDS, measure, seen
from etl.following.remembering import Lines
from etl.protecting.layout import ISLAND, Cell
from stats.protecting.succession import Earlier

if TYPE_CHECKING:
    from stats.waiting.courses import Key


def with_clocks(cells: Sequence[Cell], earlier: Earlier, lines: str) -> Earlier:
    """The release of these cells, and behind them the counts by phase, kind and days of every clock that it told.

    `lines` is what it remembers of clocks (`etl/following/remembering.py`). What a clock and a cell both count is one cell.
    """
    from stats.waiting.succeeding import enlarged

    told = Lines.read(lines)
    places = {cell: place for place, cell in enumerate(cells)}
    for code, latest in told.latest.items():
        now = seen(told.clocks[code][latest])
        if now.steps:
            earlier = enlarged(earlier, now.course, _places(places, code, len(now.who.bands)))
    return earlier


def _places(places: Mapping[Cell, int], code: str, phases: int) -> Mapping[Key, int]:
    """Where the cells of an election stand that count by phase and kind."""
    named: dict[Key, Cell] = {
        (phase, kind, None): Cell("kalimantan", ISLAND, code, measure(phase, kind))
        for phase in (None, *range(phases))
        for kind in (None, *range(len(KINDS)))
    }
    return {key: places[cell] for key, cell in named.items()}
