"""Frames written by hand, in the shape of metrics.frame: a row per unit, period and group."""

import re
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.drawing import Drawing
from charts.measure import Measure

ROW: dict[str, Any] = {
    "unit_id": "6472",
    "unit_name": "Kota Samarinda",
    "period": "whole",
    "period_start": pd.Timestamp("2020-01-01"),
    "period_end": pd.Timestamp("2024-11-30"),
    "group": "all",
    "events": 12,
    "least": 12,
    "most": 12,
    "exposure": 9607.5,
    "headcount": 9607,
    "estimate": 1.249,
    "lower": 0.645,
    "upper": 2.182,
    "level": 0.95,
    "interval_method": "exact_poisson",
    "suppressed": False,
    "refusal": "none",
    "is_simulated": False,
}
ZERO = {"events": 0, "estimate": 0.0, "lower": 0.0, "upper": 0.312, "interval_method": "exact_poisson_zero"}
SUPPRESSED = {"events": pd.NA, "estimate": pd.NA, "lower": 0.03, "upper": 1.07, "suppressed": True} | {
    "refusal": "suppressed",
    "least": 0,
    "most": 4,
}
NO_ROSTER = dict.fromkeys(("events", "exposure", "headcount", "estimate", "lower", "upper"), pd.NA) | {
    "refusal": "no_roster"
}
TYPES = dict.fromkeys(("exposure", "estimate", "lower", "upper", "level"), "Float64") | {
    "events": "Int64",
    "least": "Int64",
    "most": "Int64",
    "headcount": "Int64",
}


def tidy(*rows: dict[str, Any]) -> pd.DataFrame:
    """A tidy frame from the differences to a standard row; a count that is told is its own range."""
    full = [
        ROW | {name: row["events"] for name in ("least", "most") if "events" in row} | row for row in rows
    ]
    return pd.DataFrame(full, columns=list(ROW)).astype(TYPES)


RATE = Measure("rate", "Tingkat dugaan", "orang per 1.000 ASN per tahun")
SHARE = Measure("proportion", "Bagian yang ditindaklanjuti", "dari rekomendasi")
COUNT = Measure("count", "Orang yang diduga", "orang")


def every_state() -> pd.DataFrame:
    """One unit in each state."""
    return tidy(
        {},
        {"unit_id": "6401", "unit_name": "Kabupaten Paser"} | ZERO,
        {"unit_id": "6402", "unit_name": "Kabupaten Kutai Kartanegara"} | SUPPRESSED,
        {"unit_id": "6403", "unit_name": "Kabupaten Berau"} | NO_ROSTER,
        {"unit_id": "6407", "unit_name": "Kabupaten Kutai Barat"} | NO_ROSTER | {"refusal": "scope"},
    )


def all_units() -> pd.DataFrame:
    """56 units with the longest texts a map may carry."""
    rows = [
        {
            "unit_id": f"{6101 + place}",
            "unit_name": f"Pemerintah Kabupaten Hulu Sungai Selatan {place}",
            "events": 12,
            "exposure": 50000.0,
            "headcount": 10555,
            "estimate": 0.11 + 0.19 * place,
            "lower": 0.05 + 0.19 * place,
            "upper": 0.31 + 0.19 * place,
            "is_simulated": True,
        }
        | (SUPPRESSED if place % 7 == 1 else {})
        | (ZERO if place % 9 == 4 else {})
        | (NO_ROSTER if place % 11 == 5 else {})
        for place in range(56)
    ]
    return tidy(*rows)


def shown(figure: Drawing) -> str:
    """The figure as it travels to the browser."""
    text = figure.plotly.to_json()
    assert text is not None
    # Figures are built without Plotly's own checks; here they run.
    go.Figure(figure.to_dict())
    return text


def told(trace: Any, place: int = 0) -> list[str]:
    """The lines that a browser writes for a point."""
    values = trace.customdata[place]
    read = re.sub(r"%{customdata\[(\d+)]}", lambda found: str(values[int(found[1])]), trace.hovertemplate)
    return str(read).removesuffix("<extra></extra>").removeprefix("<b>").replace("</b>", "", 1).split("<br>")
