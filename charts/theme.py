"""Colours, fonts and frames that all figures share, for light and dark pages.

Text has a contrast of at least 4.5:1 and lines and marks of at least 3:1 on the page (WCAG 2.2, 1.4.3 and 1.4.11);
where a fill is fainter, an outline, a hatch or a sign carries the difference. Red and green are not used.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from charts.drawing import Drawing, Trace
from language import Words

FONT: Final = '"Source Sans", "Source Sans 3", system-ui, sans-serif'
TEXT_SIZE: Final = 13
SMALL_SIZE: Final = 12
CONFIG: Final[dict[str, Any]] = {"displayModeBar": False, "scrollZoom": False, "responsive": True}
MARKERS: Final = ("circle", "square", "diamond", "triangle-up")
DASHES: Final = ("solid", "dash", "dot", "dashdot")


@dataclass(frozen=True)
class Theme:
    """One palette; `sequential` runs from few to many, `diverging` from ochre over neutral to blue."""

    name: Literal["light", "dark"]
    paper: str
    surface: str
    text: str
    muted: str
    grid: str
    line: str
    primary: str
    sequential: tuple[str, str, str, str, str]
    diverging: tuple[str, str, str, str, str]
    groups: tuple[str, str, str, str]
    zero: str
    suppressed: str
    no_roster: str
    refused: str
    ink_dark: str = "#0d1319"
    ink_light: str = "#ffffff"

    def label_on(self, fill: str) -> str:
        """Ink, dark or light, with the higher contrast on a fill."""
        return max((self.ink_dark, self.ink_light), key=lambda ink: contrast(ink, fill))


LIGHT: Final = Theme(
    name="light",
    paper="#ffffff",
    surface="#f2f5f7",
    text="#1b2733",
    muted="#51606e",
    grid="#dde3e8",
    line="#6d7a86",
    primary="#0b4f6c",
    sequential=("#dcecef", "#a9d0d8", "#66a9b8", "#2a7d92", "#0a4d63"),
    diverging=("#8a4b00", "#d9a05b", "#e9edf0", "#7fb0cf", "#1b5c8a"),
    groups=("#0b5a73", "#ad5a05", "#7f48b0", "#56616c"),
    zero="#ffffff",
    suppressed="#c9ced3",
    no_roster="#ebe7df",
    refused="#f3f1ec",
)
DARK: Final = Theme(
    name="dark",
    paper="#12181f",
    surface="#1c252e",
    text="#e8edf1",
    muted="#a9b5c0",
    grid="#2c3742",
    line="#8694a1",
    primary="#6cc3d8",
    sequential=("#1f4553", "#2f6a7c", "#4f95a8", "#86c2d0", "#d2eef3"),
    diverging=("#f0b66b", "#a9742f", "#39434c", "#4a8cbc", "#9accec"),
    groups=("#6cc3d8", "#e5a04a", "#9b8cf0", "#a8b3bd"),
    zero="#12181f",
    suppressed="#4a545e",
    no_roster="#332f28",
    refused="#24221e",
)


def theme(name: str | None) -> Theme:
    """The palette for a page theme; anything but "dark" is light."""
    return DARK if name == "dark" else LIGHT


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.2, definition)."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, definition)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def trace(kind: str, **settings: Any) -> Trace:
    """One trace of a figure as plain settings, its places with as many digits as a screen can show."""
    for name in ("x", "y"):
        if isinstance(settings.get(name), list):
            settings[name] = [_place(value) for value in settings[name]]
    whiskers = settings.get("error_x") or {}
    ends = {
        name: [_place(value) for value in whiskers[name]]
        for name in ("array", "arrayminus")
        if name in whiskers
    }
    return {"type": kind, **settings, **({"error_x": {**whiskers, **ends}} if ends else {})}


def _place(value: Any) -> Any:
    return float(f"{value:.5g}") if isinstance(value, float) else value


def drawn(traces: Sequence[Trace], layout: dict[str, Any]) -> Drawing:
    """The figure of these traces and this layout."""
    return Drawing(traces, layout)


def layout(words: Words, theme: Theme, *, height: int, simulated: bool) -> dict[str, Any]:
    """Layout shared by all figures: page colours, one font, no zoom, the mark of simulated data."""
    return {
        # An empty template keeps figures independent of any global default and saves 7 kB.
        "template": {},
        "height": height,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": TEXT_SIZE, "color": theme.text},
        "separators": ",." if words.lang == "id" else ".,",
        "hoverlabel": {
            "bgcolor": theme.surface,
            "bordercolor": theme.line,
            "align": "left",
            "font": {"family": FONT, "size": TEXT_SIZE, "color": theme.text},
        },
        "margin": {"l": 0, "r": 8, "t": 30 if simulated else 8, "b": 0},
        "dragmode": False,
        "clickmode": "event+select",
        "annotations": [_simulated(words, theme)] if simulated else [],
    }


def legend(theme: Theme, **settings: Any) -> dict[str, Any]:
    """A legend under the figure; entries do not hide data, for a hidden class looks like missing data."""
    return {
        "orientation": "h",
        "x": 0,
        "xanchor": "left",
        "y": 0,
        "yanchor": "top",
        "font": {"size": SMALL_SIZE, "color": theme.text},
        "itemclick": False,
        "itemdoubleclick": False,
        "bgcolor": "rgba(0,0,0,0)",
        **settings,
    }


def legend_title(theme: Theme, text: str) -> dict[str, Any]:
    """Title above the entries of a legend."""
    return {"text": text, "side": "top", "font": {"size": SMALL_SIZE, "color": theme.muted}}


def axis_title(title: str, unit: str, width: int = 36) -> str:
    """Title and unit of an axis on lines that fit beside the names of the rows on a phone."""
    return "<br>".join(line for part in (title, unit) for line in textwrap.wrap(part, width))


def axis(theme: Theme, title: str | None = None, **settings: Any) -> dict[str, Any]:
    """A quiet axis: labels outside, those with a name of their own clear of marks at the edge, thin grid, no box, no zoom."""
    return {
        **({"ticklabelstandoff": 4} if "ticktext" in settings else {}),
        "title": {"text": title, "standoff": 10, "font": {"size": SMALL_SIZE, "color": theme.muted}},
        "tickfont": {"size": SMALL_SIZE, "color": theme.text},
        "gridcolor": theme.grid,
        "zeroline": False,
        "showline": False,
        "automargin": True,
        "fixedrange": True,
        "separatethousands": True,
        **settings,
    }


def empty(words: Words, theme: Theme) -> Drawing:
    """A figure that says that there is nothing to show."""
    hidden = {"visible": False, "fixedrange": True}
    note = {
        "text": words("chart.no_rows"),
        "showarrow": False,
        "font": {"size": TEXT_SIZE, "color": theme.muted},
    }
    plain = layout(words, theme, height=160, simulated=False)
    return drawn([], {**plain, "xaxis": hidden, "yaxis": hidden, "annotations": [note]})


def _simulated(words: Words, theme: Theme) -> dict[str, Any]:
    return {
        "text": words("chart.simulated"),
        "xref": "paper",
        "yref": "paper",
        "x": 1,
        "y": 1,
        "xanchor": "right",
        "yanchor": "bottom",
        "yshift": 6,
        "showarrow": False,
        "bordercolor": theme.line,
        "borderpad": 2,
        "font": {"size": SMALL_SIZE - 1, "color": theme.muted},
    }
