"""The frame check lets a lawful frame pass and names the law that is broken."""

import numpy as np
import pandas as pd
import pytest

from metrics.frame import COLUMNS, DTYPES, check, empty, plain, records, rows, tidy

ROW = {
    "unit_id": "64",
    "unit_name": "Kalimantan Timur",
    "period": "whole",
    "period_start": "2024-01-01",
    "period_end": "2024-12-31",
    "group": "all",
    "events": 10.0,
    "least": 10.0,
    "most": 10.0,
    "exposure": 5000.0,
    "headcount": 5000.0,
    "estimate": 2.0,
    "lower": 1.0,
    "upper": 3.5,
    "level": 0.95,
    "interval_method": "exact_poisson",
    "suppressed": False,
    "refusal": "none",
    "is_simulated": True,
}
NUMBERS = ("events", "least", "most", "exposure", "headcount", "estimate", "lower", "upper", "level")
NOTHING = dict.fromkeys(NUMBERS, np.nan)
WITHHELD = {
    "refusal": "suppressed", "suppressed": True, "events": np.nan, "estimate": np.nan, "least": 1.0, "most": 4.0,
}  # fmt: skip


def framed(*changes):
    rows = [ROW | change for change in changes]
    kinds = {
        "period_start": "datetime64[s]",
        "period_end": "datetime64[s]",
        "suppressed": bool,
        "is_simulated": bool,
    }
    return tidy({name: np.array([row[name] for row in rows], dtype=kinds.get(name)) for name in COLUMNS})


def test_a_lawful_frame_passes_with_its_types():
    frame = framed(
        {"unit_id": "60"},
        {"unit_id": "61", "refusal": "no_roster", "interval_method": "none", **NOTHING},
        {"unit_id": "62", **WITHHELD},
        {"unit_id": "63", **WITHHELD, "least": 0.0, "most": np.nan},
        {"unit_id": "64", "refusal": "not_published", "interval_method": "none", **NOTHING},
    )
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == DTYPES
    assert frame["events"].tolist() == [10, pd.NA, pd.NA, pd.NA, pd.NA]
    assert frame["least"].tolist() == [10, pd.NA, 1, 0, pd.NA]
    assert frame["most"].tolist() == [10, pd.NA, 4, pd.NA, pd.NA]
    assert frame["lower"].tolist() == [1.0, pd.NA, 1.0, 1.0, pd.NA]


def test_an_empty_frame_is_a_frame():
    assert len(check(empty())) == 0


@pytest.mark.parametrize(
    ("change", "law"),
    [
        ({"lower": 2.5}, "lower never exceeds estimate"),
        ({"upper": 1.5}, "estimate never exceeds upper"),
        ({"events": -1.0}, "events is never negative"),
        ({"lower": np.nan}, "an interval has both ends"),
        ({"refusal": "because"}, "a refusal is one of REFUSALS"),
        ({"interval_method": "wald"}, "an interval method is one of METHODS"),
        ({"period_end": "2023-12-31"}, "a period starts before it ends"),
        ({"suppressed": True}, "suppressed rows say so twice"),
        ({"refusal": "suppressed"}, "suppressed rows say so twice"),
        ({"refusal": "scope"}, "a row has an estimate or a refusal"),
        ({"estimate": np.nan}, "a row has an estimate or a refusal"),
        ({"events": np.nan}, "an estimate shows its events"),
        ({"refusal": "suppressed", "suppressed": True, "estimate": np.nan}, "suppressed rows show no events"),
        ({**WITHHELD, "least": 5.0}, "least never exceeds most"),
        ({**WITHHELD, "least": -1.0}, "least is never negative"),
        ({"least": 9.0}, "what is told is a range of one count"),
        ({"most": np.nan}, "what is told is a range of one count"),
        ({"refusal": "not_published", **NOTHING, "most": 4.0}, "refused rows are empty"),
        ({"refusal": "not_published", **NOTHING, "exposure": 3.0}, "refused rows are empty"),
        ({"refusal": "no_roster", **NOTHING, "exposure": 3.0}, "refused rows are empty"),
    ],
)
def test_a_broken_law_is_named(change, law):
    with pytest.raises(AssertionError, match=law):
        framed(change)


def test_a_unit_stands_once_per_period_and_group():
    with pytest.raises(AssertionError, match="one row per unit"):
        framed({}, {})
    assert len(framed({}, {"group": "PNS"}, {"period": "PILKADA2024"})) == 3


def test_columns_and_types_are_part_of_the_law():
    with pytest.raises(AssertionError, match="exactly the columns"):
        check(framed({}).drop(columns="level"))
    with pytest.raises(AssertionError, match="events is float64"):
        check(framed({}).astype({"events": "float64"}))


def test_rows_of_columns_are_those_of_the_frame():
    frame = framed(
        {"unit_id": "60", "events": 0.0, "estimate": 0.0, "lower": 0.0}, {"unit_id": "62", **WITHHELD}
    )
    found = rows(plain(frame))
    assert found == records(frame)
    assert records(found) is found
    assert [type(row["most"]) for row in found] == [int, int]
    assert [row["events"] for row in found] == [0, None]
