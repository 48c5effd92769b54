"""The map: classes of a tidy frame, and a choropleth whose geometry the browser fetches by address."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from charts.measure import STATES, Measure, State, hover, is_simulated, sentence, states, template
from charts.theme import CONFIG, SMALL_SIZE, Theme, Trace, drawn, empty, layout, legend, legend_title, trace
from language import Value, Words

# Without a topojson of our own Plotly fetches one from its makers' server, even where no base map is drawn.
MAP_CONFIG: Final[dict[str, Any]] = {**CONFIG, "topojsonURL": "app/static/topojson/"}
CLASSES: Final = 5
CROWDED: Final = 0.6
SIGNS: Final[dict[State, str]] = {"zero": "0", "suppressed": "•", "no_roster": "×", "refused": "–"}
_CLEAR: Final = [[0, "rgba(0,0,0,0)"], [1, "rgba(0,0,0,0)"]]


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


@dataclass(frozen=True)
class Layer:
    """Where the browser finds the geometry (relative addresses) and which unit is selected.

    Features carry the `unit_id` as their `id` and have clockwise outer rings. `provinces` outlines the provinces
    of the units shown; a unit belongs to the province of its first two digits. `bounds` (west, south, east, north)
    fills the figure better than fitting to the units shown, which remains the rule where it is None.
    """

    units: str
    provinces: str | None = None
    selected: str | None = None
    bounds: tuple[float, float, float, float] | None = None


def classes(frame: pd.DataFrame, *, words: Words, measure: Measure) -> tuple[MapClass, ...]:
    """Classes of a frame with one row per unit, with counts in their labels; empty shades are left out.

    Shades cover the positive estimates with round limits: equal steps from zero, or the series 1-2-5 where equal
    steps would put most units into the first. A class holds its lower limit and not its upper one.
    """
    units_of: dict[State, dict[str, Value]] = {state: {} for state in STATES}
    for unit, state, estimate in zip(frame["unit_id"], states(frame), frame["estimate"], strict=True):
        units_of[state][unit] = estimate
    found = [*_shades(units_of["value"], words, measure)] if units_of["value"] else []
    for state in STATES[1:]:
        units = tuple(units_of[state])
        if units:
            name = measure.concealed(words) if state == "suppressed" else words(f"chart.state.{state}")
            found.append(MapClass(state, None, _counted(words, name, len(units)), units))
    return tuple(found)


def figure(frame: pd.DataFrame, *, words: Words, theme: Theme, measure: Measure, layer: Layer) -> go.Figure:
    """Choropleth of a frame with one row per unit; hover gives interval and counts, signs mark unshaded units."""
    if frame.empty:
        return empty(words, theme)
    told = details(frame, words=words, measure=measure)
    traces: list[Trace] = []
    for kept in classes(frame, words=words, measure=measure):
        area = _area(kept, told, theme, layer)
        unit = measure.unit if kept.state == "value" else ""
        traces += [{**area, "hovertemplate": template(area["customdata"], unit)}, _key(kept, theme)]
        if kept.sign:
            traces.append(_signs(kept, theme, layer))
    if layer.provinces:
        traces.append(_outline(sorted({unit[:2] for unit in told}), layer.provinces, theme.text, 1.0))
    if layer.selected in told:
        traces.append(_outline([layer.selected], layer.units, theme.groups[1], 3))
    return drawn(
        traces,
        {
            **layout(words, theme, height=500, simulated=is_simulated(frame)),
            "legend": legend(theme, y=-0.01, title=legend_title(theme, measure.axis)),
            "geo": _view(layer),
            "uirevision": layer.units,
        },
    )


def alt(frame: pd.DataFrame, *, words: Words, measure: Measure) -> str:
    """One sentence: what the map shows, between which values, and how many units have no value and why."""
    return sentence("chart.alt.map", frame, words=words, measure=measure)


def details(frame: pd.DataFrame, *, words: Words, measure: Measure) -> dict[str, list[str]]:
    """Hover lines of every unit of a frame with one row per unit, the name first."""
    return {row["unit_id"]: hover(row, words, measure) for row in frame.to_dict("records")}


def _view(layer: Layer) -> dict[str, Any]:
    view = {"visible": False, "projection": {"type": "mercator"}, "bgcolor": "rgba(0,0,0,0)"}
    if layer.bounds is None:
        return {**view, "fitbounds": "locations"}
    west, south, east, north = layer.bounds
    return {**view, "lonaxis": {"range": [west, east]}, "lataxis": {"range": [south, north]}}


def _area(kept: MapClass, told: dict[str, list[str]], theme: Theme, layer: Layer) -> Trace:
    fill = kept.fill(theme)
    return trace(
        "choropleth",
        geojson=layer.units,
        locations=list(kept.units),
        z=[0] * len(kept.units),
        colorscale=[[0, fill], [1, fill]],
        showscale=False,
        customdata=[told[unit] for unit in kept.units],
        marker={"line": {"color": theme.line, "width": 0.6}},
        unselected={"marker": {"opacity": 1}},
    )


def _key(kept: MapClass, theme: Theme) -> Trace:
    """Legend entry of a class: the legend draws no outline around the patch of a Choropleth."""
    return trace(
        "scattergeo",
        lon=[None],
        lat=[None],
        mode="markers",
        name=f"{kept.sign} {kept.label}".strip(),
        marker={
            "symbol": "square",
            "size": 13,
            "color": kept.fill(theme),
            "line": {"color": theme.line, "width": 1},
        },
    )


def _signs(kept: MapClass, theme: Theme, layer: Layer) -> Trace:
    ink = theme.label_on(kept.fill(theme))
    return trace(
        "scattergeo",
        geojson=layer.units,
        locationmode="geojson-id",
        locations=list(kept.units),
        mode="text",
        text=kept.sign,
        textfont={"size": SMALL_SIZE, "color": ink},
        hoverinfo="skip",
        showlegend=False,
        unselected={"textfont": {"color": ink}},
    )


def _outline(features: list[str], address: str, colour: str, width: float) -> Trace:
    return trace(
        "choropleth",
        geojson=address,
        locations=features,
        z=[0] * len(features),
        colorscale=_CLEAR,
        showscale=False,
        showlegend=False,
        hoverinfo="skip",
        marker={"line": {"color": colour, "width": width}},
        unselected={"marker": {"opacity": 1}},
    )


def _shades(shaded: Mapping[str, Value], words: Words, measure: Measure) -> Iterator[MapClass]:
    limits = _limits([float(value) for value in shaded.values()], measure)
    last = len(limits) - 2
    for place, (low, high) in enumerate(pairwise(limits)):
        units = tuple(
            unit for unit, value in shaded.items() if low <= value and (value < high or place == last)
        )
        if units:
            label = _counted(words, _range(words, measure, low, high), len(units))
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


def _counted(words: Words, name: str, n: int) -> str:
    return f"{name} ({words('chart.regions', n=n)})"
