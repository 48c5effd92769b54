"""The map: classes of a tidy frame, and a choropleth whose geometry the browser fetches by address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from charts.drawing import Drawing, Trace
from charts.marks import hovering
from charts.measure import Measure, hover, is_simulated, sentence
from charts.shading import verdicts
from charts.shading.values import MapClass, by_value
from charts.theme import CONFIG, SMALL_SIZE, Theme, drawn, empty, layout, legend, legend_title, trace
from language import Words
from metrics.frame import Tidy, records

# Without a topojson of our own Plotly fetches one from its makers' server, even where no base map is drawn.
MAP_CONFIG: Final[dict[str, Any]] = {**CONFIG, "topojsonURL": "app/static/topojson/"}
_CLEAR: Final = [[0, "rgba(0,0,0,0)"], [1, "rgba(0,0,0,0)"]]


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


def classes(frame: Tidy, *, words: Words, measure: Measure) -> tuple[MapClass, ...]:
    """Classes of a frame with one row per unit: by evidence where it has been judged, else by value."""
    if verdicts.is_judged(frame):
        return verdicts.by_evidence(frame, words=words)
    return by_value(frame, words=words, measure=measure)


def figure(frame: Tidy, *, words: Words, theme: Theme, measure: Measure, layer: Layer) -> Drawing:
    """Choropleth of a frame with one row per unit; hover gives interval and counts, signs mark unshaded units."""
    rows = records(frame)
    if not rows:
        return empty(words, theme)
    told = details(rows, words=words, measure=measure)
    traces: list[Trace] = []
    for kept in classes(rows, words=words, measure=measure):
        unit = measure.unit if kept.step is not None else ""
        said = hovering([told[code] for code in kept.units], unit=unit)
        traces += [{**_area(kept, theme, layer), **said}, _key(kept, theme)]
        if kept.signs():
            traces.append(_signs(kept, theme, layer))
    if layer.provinces:
        traces.append(_outline(sorted({unit[:2] for unit in told}), layer.provinces, theme.text, 1.0))
    if layer.selected in told:
        traces.append(_outline([layer.selected], layer.units, theme.groups[1], 3))
    return drawn(
        traces,
        {
            **layout(words, theme, height=500, simulated=is_simulated(rows)),
            "legend": legend(theme, y=-0.01, title=legend_title(theme, legend_text(rows, words, measure))),
            "geo": _view(layer),
            "uirevision": layer.units,
        },
    )


def alt(frame: Tidy, *, words: Words, measure: Measure) -> str:
    """One sentence: what the map shows, between which values, and how many units have no value and why."""
    if verdicts.is_judged(frame):
        return verdicts.sentence("evidence.alt.map", frame, words=words, measure=measure)
    return sentence("chart.alt.map", frame, words=words, measure=measure)


def details(frame: Tidy, *, words: Words, measure: Measure) -> dict[str, list[str]]:
    """Hover lines of every unit of a frame with one row per unit, the name first."""
    tell = verdicts.hover if verdicts.is_judged(frame) else hover
    return {row["unit_id"]: tell(row, words, measure) for row in records(frame)}


def legend_text(frame: Tidy, words: Words, measure: Measure) -> str:
    """Title of a legend: what the classes are of."""
    return words("evidence.legend", title=measure.title) if verdicts.is_judged(frame) else measure.axis


def _view(layer: Layer) -> dict[str, Any]:
    view = {"visible": False, "projection": {"type": "mercator"}, "bgcolor": "rgba(0,0,0,0)"}
    if layer.bounds is None:
        return {**view, "fitbounds": "locations"}
    west, south, east, north = layer.bounds
    return {**view, "lonaxis": {"range": [west, east]}, "lataxis": {"range": [south, north]}}


def _area(kept: MapClass, theme: Theme, layer: Layer) -> Trace:
    fill = kept.fill(theme)
    return trace(
        "choropleth",
        geojson=layer.units,
        locations=list(kept.units),
        z=[0] * len(kept.units),
        colorscale=[[0, fill], [1, fill]],
        showscale=False,
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
    ink, signs = theme.label_on(kept.fill(theme)), kept.signs()
    return trace(
        "scattergeo",
        geojson=layer.units,
        locationmode="geojson-id",
        locations=list(signs),
        mode="text",
        # One text for all travels lighter than a list of equal ones.
        text=kept.sign if set(signs.values()) == {kept.sign} else list(signs.values()),
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
