"""Comparisons written by hand: a row per unit, columns as metrics.between.compared has them."""

import pandas as pd

from tests.charts.frames import tidy

ROW = {
    "unit_id": "6472", "unit_name": "Kota Samarinda", "headcount": 9607.0, "exposure": 38000.0, "observed": 12.0, "least": 12.0,
    "most": 12.0,
    "expected": 4.0, "ratio": 3.0, "lower": 1.55, "upper": 5.24, "position": 2, "discovered": True, "smoothed": 2.4,
    "weight": 0.7, "rank_lower": 1.0, "rank_upper": 4.0,
    "suppressed": False, "refusal": "none", "is_simulated": False,
}  # fmt: skip
NAN = float("nan")
NO_RANK = {"rank_lower": NAN, "rank_upper": NAN}
WITHIN = {
    "unit_id": "6401", "unit_name": "Kabupaten Paser", "observed": 5.0, "expected": 5.2, "ratio": 0.96, "lower": 0.31,
    "upper": 2.24, "position": 0, "discovered": False, "smoothed": 0.97, "weight": 0.75,
} | NO_RANK  # fmt: skip
ZERO = {
    "unit_id": "6402", "unit_name": "Kabupaten Kutai Kartanegara", "observed": 0.0, "expected": 8.0, "ratio": 0.0,
    "lower": 0.0, "upper": 0.37, "position": -1, "discovered": False, "smoothed": 0.2, "weight": 0.8,
} | NO_RANK  # fmt: skip
HIDDEN = {
    "unit_id": "6403", "unit_name": "Kabupaten Berau", "observed": NAN, "expected": 3.0, "ratio": NAN, "lower": 0.01,
    "upper": 2.9, "position": 0, "discovered": False, "smoothed": NAN,
    "weight": NAN, "suppressed": True, "refusal": "suppressed",
} | NO_RANK  # fmt: skip
NO_ROSTER = dict.fromkeys(
    ("headcount", "exposure", "observed", "expected", "ratio", "lower", "upper", "smoothed", "weight"), NAN
) | NO_RANK | {"unit_id": "6407", "unit_name": "Kutai Barat", "position": 0, "refusal": "no_roster"}  # fmt: skip


def frame(*rows):
    """A comparison from the differences to a standard row."""
    return pd.DataFrame([ROW | row for row in rows], columns=list(ROW))


def every_state():
    """One unit in each state."""
    return frame({}, WITHIN, ZERO, HIDDEN, NO_ROSTER)


def as_tidy(compared):
    """The same rows in the columns of the tidy frame."""
    return tidy(
        *(
            {
                name: pd.NA if pd.isna(row[column]) else row[column]
                for name, column in {
                    "unit_id": "unit_id", "unit_name": "unit_name", "events": "observed", "estimate": "ratio",
                    "lower": "lower", "upper": "upper", "suppressed": "suppressed", "refusal": "refusal",
                }.items()
            }
            for row in compared.to_dict("records")
        )
    )  # fmt: skip


def lines():
    """Limits at two expected counts, without a lower one at the first."""
    return pd.DataFrame(
        {
            "expected": [2.0, 10.0, 2.0, 10.0],
            "level": [0.95, 0.95, 0.998, 0.998],
            "lower": [0.0, 0.4, 0.0, 0.2],
            "upper": [2.6, 1.7, 3.7, 2.2],
        }
    )
