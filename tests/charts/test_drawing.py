from __future__ import annotations

import json

import plotly.io
import plotly.tools

from charts.drawing import Ready
from charts.theme import drawn, layout, theme, trace
from language import words


def test_what_is_sent_is_what_plotly_would_send():
    figure = drawn(
        [trace("scatter", x=[1.5, None], y=["a", "b"], name="Rasio")],
        layout(words("id"), theme("light"), height=200, simulated=True),
    )
    sent = plotly.tools.return_figure_from_figure_or_data(Ready(figure.to_dict()), validate_figure=True)
    assert json.loads(plotly.io.to_json(sent, validate=False)) == json.loads(figure.plotly.to_json())
    assert figure.data[0].name == "Rasio"
    assert figure.layout.height == 200
