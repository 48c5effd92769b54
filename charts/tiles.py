"""The tile grid: every regency and city as a square of equal size, drawn with the classes of the map."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from charts.drawing import Drawing, Trace
from charts.map import classes, details, legend_text
from charts.marks import hovering
from charts.measure import Measure, is_simulated, sentence
from charts.shading import verdicts
from charts.shading.values import MapClass
from charts.theme import Theme, drawn, empty, layout, legend, legend_title, trace
from language import Words
from metrics.frame import Tidy, records

GAP: Final = 0.06
LONG_WORD: Final = 7
WIDEST_WORD: Final = 9
NAME_SIZE: Final = 10


@dataclass(frozen=True)
class Tile:
    """Place of a unit: row 0 is north, column 0 is west."""

    row: int
    col: int
    short_name: str


@dataclass(frozen=True)
class Grid:
    """Tiles by `unit_id` and the selected unit."""

    tiles: Mapping[str, Tile]
    selected: str | None = None


def figure(frame: Tidy, *, words: Words, theme: Theme, measure: Measure, grid: Grid) -> Drawing:
    """Tile grid of a frame with one row per unit; the last item of a tile's customdata is its unit_id.

    Tiles without a row stay as empty outlines, so that the grid keeps its shape under every selection.
    """
    found = records(frame)
    if not found:
        return empty(words, theme)
    told = {
        unit: lines
        for unit, lines in details(found, words=words, measure=measure).items()
        if unit in grid.tiles
    }
    traces = _others(grid, set(told), words, theme)
    for kept in classes(found, words=words, measure=measure):
        traces += _class(kept, told, theme, measure, grid)
    if grid.selected in grid.tiles:
        traces.append(_selected(grid, theme))
    rows = max(tile.row for tile in grid.tiles.values()) + 1
    columns = max(tile.col for tile in grid.tiles.values()) + 1
    hidden = {"visible": False, "fixedrange": True, "constrain": "domain"}
    return drawn(
        traces,
        {
            **layout(words, theme, height=560, simulated=is_simulated(found)),
            "barmode": "overlay",
            "xaxis": {**hidden, "range": [-0.5, columns - 0.5]},
            "yaxis": {**hidden, "range": [-rows, 0], "scaleanchor": "x"},
            "legend": legend(theme, y=-0.01, title=legend_title(theme, legend_text(found, words, measure))),
            "uirevision": "tiles",
        },
    )


def alt(frame: Tidy, *, words: Words, measure: Measure) -> str:
    """One sentence: what the tiles show, between which values, and how many units have no value and why."""
    if verdicts.is_judged(frame):
        return verdicts.sentence("evidence.alt.tiles", frame, words=words, measure=measure)
    return sentence("chart.alt.tiles", frame, words=words, measure=measure)


def label(short_name: str) -> str:
    """A name on short lines; a long word is parted before the syllable next to its middle, beside others if it is wider than a tile."""
    words = short_name.split()
    if len(words) == 1:
        return _parted(short_name)
    return "<br>".join(_parted(word) if len(word) > WIDEST_WORD else word for word in words)


def _parted(word: str) -> str:
    starts = [found.start() for found in re.finditer(r"(?=[^aeiou][aeiou])", word, re.IGNORECASE)]
    inner = [start for start in starts if 2 < start < len(word) - 2]
    if len(word) < LONG_WORD or not inner:
        return word
    middle = min(inner, key=lambda start: (abs(start - len(word) / 2), -start))
    return f"{word[:middle]}-<br>{word[middle:]}"


def _class(
    kept: MapClass, told: Mapping[str, list[str]], theme: Theme, measure: Measure, grid: Grid
) -> list[Trace]:
    fill = kept.fill(theme)
    units = [unit for unit in kept.units if unit in grid.tiles]
    tiles = [grid.tiles[unit] for unit in units]
    bar = _bar(tiles, fill, theme.line, 1)
    bar["name"] = kept.key
    bar |= hovering([told[unit] for unit in units], units, measure.unit if kept.step is not None else "")
    bar["marker"]["pattern"] = {
        "shape": kept.hatch,
        "bgcolor": fill,
        "fgcolor": theme.line,
        "fgopacity": 0.6,
        "size": 8,
        "solidity": 0.12,
    }
    drawn = [bar, _names(tiles, theme.label_on(fill), fill)]
    return [*drawn, _signs(kept.signs(), grid, theme.label_on(fill))] if kept.on_tiles else drawn


def _others(grid: Grid, shown: set[str], words: Words, theme: Theme) -> list[Trace]:
    tiles = [tile for unit, tile in grid.tiles.items() if unit not in shown]
    bar = _bar(tiles, "rgba(0,0,0,0)", theme.grid, 1)
    told = words("chart.hover.outside") + "<extra></extra>"
    return [{**bar, "hovertemplate": told, "showlegend": False}, _names(tiles, theme.muted, theme.paper)]


def _selected(grid: Grid, theme: Theme) -> Trace:
    bar = _bar([grid.tiles[grid.selected or ""]], "rgba(0,0,0,0)", theme.groups[1], 3)
    return {**bar, "hoverinfo": "skip", "showlegend": False}


def _bar(tiles: list[Tile], fill: str, line: str, width: int) -> Trace:
    return trace(
        "bar",
        x=[tile.col for tile in tiles],
        y=[1 - GAP] * len(tiles),
        base=[-tile.row - 1 + GAP / 2 for tile in tiles],
        width=1 - GAP,
        marker={"color": fill, "line": {"color": line, "width": width}},
        unselected={"marker": {"opacity": 1}},
    )


def _signs(signs: Mapping[str, str], grid: Grid, ink: str) -> Trace:
    """Signs in the upper right corners, clear of the names."""
    tiles = [grid.tiles[unit] for unit in signs if unit in grid.tiles]
    return trace(
        "scatter",
        x=[tile.col + 0.5 - GAP / 2 for tile in tiles],
        y=[-tile.row - GAP / 2 for tile in tiles],
        mode="text",
        text=[sign for unit, sign in signs.items() if unit in grid.tiles],
        textposition="bottom left",
        textfont={"size": NAME_SIZE - 1, "color": ink},
        hoverinfo="skip",
        showlegend=False,
        unselected={"textfont": {"color": ink}},
    )


def _names(tiles: list[Tile], ink: str, halo: str) -> Trace:
    # Text inside bars shrinks with its length; text of its own keeps one size that reads on a phone.
    return trace(
        "scatter",
        x=[tile.col for tile in tiles],
        y=[-tile.row - 0.5 for tile in tiles],
        mode="text",
        text=[label(tile.short_name) for tile in tiles],
        textfont={"size": NAME_SIZE, "color": ink, "shadow": f"0 0 2px {halo}, 0 0 2px {halo}"},
        hoverinfo="skip",
        showlegend=False,
        unselected={"textfont": {"color": ink}},
    )
