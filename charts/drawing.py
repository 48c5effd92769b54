"""A figure as plain settings. Plotly's own object, which takes longer than everything else, is made only where one looks into it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import plotly.graph_objects as go
from plotly.basedatatypes import BaseFigure

Trace = dict[str, Any]
Settings = dict[str, Any]


class Drawing:
    """Traces and a layout by Plotly's names: lists, numbers and texts only, so that they can be sent as they are."""

    def __init__(self, traces: Sequence[Trace], layout: Settings) -> None:
        self._settings: Settings = {"data": list(traces), "layout": layout}

    def to_dict(self) -> Settings:
        """The settings themselves; nobody changes them."""
        return self._settings

    @cached_property
    def plotly(self) -> go.Figure:
        """The figure as Plotly has it, unchecked; tests check the settings of every chart."""
        return go.Figure(**self._settings, _validate=False)

    @property
    def data(self) -> Any:
        """Traces as objects of Plotly."""
        return self.plotly.data

    @property
    def layout(self) -> Any:
        """The layout as an object of Plotly."""
        return self.plotly.layout


# Plotly has no types.
class Ready(BaseFigure):  # type: ignore[misc]
    """What passes for a figure of Plotly where only its settings are asked for."""

    def __init__(self, settings: Settings) -> None:
        # Plotly's own beginning would check and copy all of it.
        object.__setattr__(self, "_ready", settings)

    def to_dict(self) -> Settings:
        """The settings as they were given."""
        ready: Settings = self._ready
        return ready
