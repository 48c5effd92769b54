import pandas as pd
import pytest

from charts.intervals import Reference, alt, figure
from charts.marks import longest, ordered
from charts.theme import DARK, LIGHT
from language import words
from tests.charts.frames import (
    COUNT,
    NO_ROSTER,
    RATE,
    SHARE,
    SUPPRESSED,
    ZERO,
    every_state,
    shown,
    tidy,
    told,
)

ID, EN = words("id"), words("en")
PAIR = tidy(
    {"group": "PNS"},
    {"group": "PPPK", "estimate": 2.0, "upper": 3.0},
    {"unit_id": "6401", "unit_name": "Kabupaten Paser", "group": "PNS"} | ZERO,
    {"unit_id": "6401", "unit_name": "Kabupaten Paser", "group": "PPPK"} | SUPPRESSED,
)


def drawn(made, name: str):
    return next(trace for trace in made.data if trace.name == name)


def test_marks_and_whiskers_equal_the_frame() -> None:
    made = figure(tidy({}), words=ID, theme=LIGHT, measure=RATE)
    dots = drawn(made, "Perkiraan dan selang kepercayaan")
    assert (dots.x, dots.y) == ((1.249,), (0.0,))
    assert dots.error_x.array == (pytest.approx(2.182 - 1.249),)
    assert dots.error_x.arrayminus == (pytest.approx(1.249 - 0.645),)
    assert told(dots) == [
        "Kota Samarinda",
        "1,2 orang per 1.000 ASN per tahun",
        "Selang 95%: 0,65–2,2",
        "12 orang · 9.607 ASN",
    ]
    assert dots.customdata[0][-1] == "6472"
    assert made.layout.xaxis.title.text == "Tingkat dugaan<br>orang per 1.000 ASN per tahun"
    assert made.layout.yaxis.ticktext == ("Kota Samarinda",)
    assert made.layout.xaxis.range[0] <= 0


def test_no_row_is_dropped_and_each_state_looks_its_own() -> None:
    made = figure(every_state(), words=ID, theme=DARK, measure=RATE)
    units = [lines[-1] for trace in made.data if trace.customdata is not None for lines in trace.customdata]
    assert set(units) == set(every_state()["unit_id"])
    assert drawn(made, "Nol, sampai batas atas").marker.symbol == "circle-open"
    assert drawn(made, "Nol, sampai batas atas").error_x.array == (0.312,)
    hidden = drawn(made, "0–4 orang, disamarkan")
    assert (hidden.line.dash, hidden.x[:2]) == ("dot", (0.03, 1.07))
    texts = [text.strip() for trace in made.data if trace.mode == "text" for text in trace.text]
    assert texts == ["0–4", "Tanpa daftar pegawai", "Di luar cakupan data"]


def test_rows_run_by_estimate_then_name_and_carry_no_rank() -> None:
    frame = tidy(
        {"unit_id": "a", "unit_name": "Bravo", "estimate": 1.0},
        {"unit_id": "b", "unit_name": "Alfa", "estimate": 1.0},
        {"unit_id": "c", "unit_name": "Delta", "estimate": 3.0},
        {"unit_id": "d", "unit_name": "Zulu"} | SUPPRESSED,
        {"unit_id": "e", "unit_name": "Echo"} | NO_ROSTER,
        {"unit_id": "f", "unit_name": "Foxtrot"} | ZERO,
    )
    assert ordered(frame) == ["c", "b", "a", "f", "d", "e"]
    made = figure(frame, words=ID, theme=LIGHT, measure=RATE)
    assert made.layout.yaxis.ticktext == ("Delta", "Alfa", "Bravo", "Foxtrot", "Zulu", "Echo")
    assert made.layout.yaxis.range == (5.5, -0.5)


def test_groups_of_a_unit_stand_as_pairs_of_different_shape() -> None:
    made = figure(PAIR, words=ID, theme=LIGHT, measure=RATE)
    pns, pppk = drawn(made, "PNS"), drawn(made, "PPPK")
    assert (pns.marker.symbol, pppk.marker.symbol) == ("circle", "square")
    assert pns.y[0] < 0 < pppk.y[0]
    assert drawn(made, "PNS: nol, sampai batas atas").marker.symbol == "circle-open"
    assert pns.customdata[0][0] == "Kota Samarinda, PNS"


def test_the_reference_is_a_labelled_line_with_its_band() -> None:
    made = figure(
        tidy({}), words=EN, theme=LIGHT, measure=RATE, reference=Reference(0.81, "Kalimantan", 0.7, 0.9)
    )
    line = drawn(made, "Kalimantan: 0.81")
    assert (line.x, line.line.dash) == ((0.81, 0.81), "dash")
    assert [(shape.x0, shape.x1) for shape in made.layout.shapes] == [(0.7, 0.9)]
    bare = figure(
        tidy({}), words=EN, theme=LIGHT, measure=RATE, reference=Reference(0.81, "Kalimantan", pd.NA, None)
    )
    assert not bare.layout.shapes


def test_one_tiny_unit_does_not_flatten_the_others() -> None:
    frame = tidy({}, {"unit_id": "x", "unit_name": "Kecil"} | ZERO | {"upper": 90.0})
    assert longest(frame) == pytest.approx(4 * 1.249)
    made = figure(frame, words=EN, theme=LIGHT, measure=RATE)
    arrow = drawn(made, "Interval continues outside the figure")
    assert [lines[-1] for lines in arrow.customdata] == ["x"]
    assert told(arrow)[2] == "Upper bound, 95%: 90.0"


def test_a_withheld_range_that_runs_out_of_the_figure_has_its_sign_over_the_line() -> None:
    long = {"unit_id": "x", "unit_name": "Kecil"} | SUPPRESSED | {"upper": 90.0}
    made = figure(
        tidy({}, {"unit_id": "y", "unit_name": "Besar"} | SUPPRESSED, long),
        words=ID,
        theme=LIGHT,
        measure=RATE,
    )
    beside, over = [trace for trace in made.data if trace.mode == "text"]
    assert (beside.textposition, beside.x) == ("middle right", (1.07,))
    assert (over.textposition, over.x) == ("top center", (pytest.approx((0.03 + 4 * 1.249) / 2),))
    assert {text.strip() for trace in (beside, over) for text in trace.text} == {"0–4"}


@pytest.mark.parametrize(("upper", "where"), [(4.0, "middle right"), (4.5, "top center")])
def test_the_sign_of_a_withheld_range_keeps_clear_of_the_edge(upper: float, where: str) -> None:
    hidden = {"unit_id": "y", "unit_name": "Besar"} | SUPPRESSED | {"upper": upper}
    frame = tidy({"upper": 5.0}, hidden)
    assert longest(frame) == pytest.approx(5.0, rel=0.01)
    made = figure(frame, words=ID, theme=LIGHT, measure=RATE)
    (sign,) = [trace for trace in made.data if trace.mode == "text"]
    assert sign.textposition == where


def test_frames_of_one_kind_can_be_drawn() -> None:
    zero = figure(tidy(ZERO), words=ID, theme=LIGHT, measure=RATE)
    assert zero.layout.xaxis.range[1] == pytest.approx(1.04 * 0.312)
    suppressed = figure(tidy(SUPPRESSED), words=ID, theme=LIGHT, measure=RATE)
    assert suppressed.data[0].name == "0–4 orang, disamarkan"
    refused = figure(tidy(NO_ROSTER), words=ID, theme=LIGHT, measure=RATE)
    assert [trace.mode for trace in refused.data] == ["markers", "text"]
    assert not figure(tidy(), words=ID, theme=LIGHT, measure=RATE).data


def test_a_count_without_limits_is_drawn_without_whiskers() -> None:
    bare = {"lower": pd.NA, "upper": pd.NA}
    made = figure(tidy(bare | {"estimate": 12.0}), words=ID, theme=LIGHT, measure=COUNT)
    assert made.data[0].error_x.array == (0.0,)
    hidden = figure(tidy(SUPPRESSED | bare | {"most": pd.NA}), words=ID, theme=LIGHT, measure=COUNT)
    assert hidden.data[0].x[:2] == (0.0, 0.0)
    assert hidden.data[1].text == ("  0 atau lebih",)


def test_shares_run_from_nought_to_one() -> None:
    made = figure(tidy(SUPPRESSED | {"lower": pd.NA, "upper": pd.NA}), words=ID, theme=LIGHT, measure=SHARE)
    assert made.layout.xaxis.tickformat == ".0%"
    assert made.layout.xaxis.range == (-0.02, 1.04)
    assert made.data[0].x[:2] == (0.0, 1.0)


def test_simulated_data_are_marked_and_nothing_is_fetched() -> None:
    made = figure(tidy({"is_simulated": True}), words=ID, theme=LIGHT, measure=RATE)
    assert made.layout.legend.title.text == "DATA SIMULASI"
    assert "http" not in shown(made)
    assert alt(PAIR, words=EN, measure=RATE).startswith("Tingkat dugaan")
