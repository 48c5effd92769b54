import datetime as dt

import pytest

from charts.theme import DARK, LIGHT
from charts.trend import Occasion, alt, figure
from language import words
from tests.charts.frames import NO_ROSTER, RATE, SHARE, SUPPRESSED, ZERO, shown, tidy

ID, EN = words("id"), words("en")
OCCASIONS = [
    Occasion("PILKADA2018", "Pilkada Serentak 2018", dt.date(2018, 6, 27)),
    Occasion("PEMILU2019", "Pemilihan Umum 2019", dt.date(2019, 4, 17)),
    Occasion("PILKADA2020", "Pilkada Serentak 2020", dt.date(2020, 12, 9)),
    Occasion("PILKADA2024", "Pilkada Serentak 2024", dt.date(2024, 11, 27)),
    Occasion("PSU2025-KUKAR", "PSU Kutai Kartanegara 2025", dt.date(2025, 4, 19)),
    Occasion("PSU2025-MAHULU", "PSU Mahakam Ulu 2025", dt.date(2025, 5, 24)),
]
FRAME = tidy(
    {"period": "PILKADA2018"},
    {"period": "PEMILU2019"} | SUPPRESSED,
    {"period": "PILKADA2020", "estimate": 2.0},
    {"period": "PILKADA2024"} | ZERO,
    {"period": "PSU2025-KUKAR"} | NO_ROSTER,
)


def draw(frame=FRAME, w=ID, measure=RATE):
    return figure(frame, words=w, theme=LIGHT, measure=measure, occasions=OCCASIONS)


def drawn(made, name: str | None):
    return next(trace for trace in made.data if trace.name == name)


def test_marks_stand_on_the_voting_day_with_their_interval() -> None:
    dots = drawn(draw(), "Kota Samarinda")
    assert [str(x)[:10] for x in dots.x] == ["2018-06-27", "2020-12-09"]
    assert dots.y == (1.249, 2.0)
    assert dots.error_y.array[0] == pytest.approx(2.182 - 1.249)
    zero = drawn(draw(), "Nol, sampai batas atas")
    assert (zero.y, zero.error_y.array, zero.marker.symbol) == ((0.0,), (0.312,), "circle-open")


def test_the_line_breaks_where_an_estimate_is_missing() -> None:
    line = drawn(draw(), None)
    assert line.y == (1.249, None, 2.0, 0.0, None, None)
    assert line.connectgaps is False


def test_suppressed_values_are_ranges_and_empty_elections_are_labelled() -> None:
    made = draw()
    hidden = drawn(made, "0–4 orang, disamarkan")
    assert (hidden.y[:2], hidden.line.dash) == ((0.03, 1.07), "dot")
    gaps = [note.x for note in made.layout.annotations if note.text == "tanpa data"]
    assert gaps == ["2025-04-19", "2025-05-24"]


def test_the_axis_names_every_election_once() -> None:
    axis = draw().layout.xaxis
    assert axis.ticktext == ("Pilkada 2018", "Pemilu 2019", "Pilkada 2020", "Pilkada 2024", "PSU 2025")
    assert axis.tickvals[-1] == "2025-04-19"
    close = [
        *OCCASIONS,
        Occasion("PILKADA2024X", "x", dt.date(2024, 12, 24)),
        Occasion("lain", "Lainnya", dt.date(2024, 12, 20)),
    ]
    crowded = figure(FRAME, words=ID, theme=DARK, measure=RATE, occasions=close).layout.xaxis
    assert crowded.ticktext[-2:] == ("Pilkada 2024<br>Lainnya", "PSU 2025")
    assert Occasion("PILKADAULANG2025-BARITOUTARA", "x", dt.date(2025, 8, 6)).label == "Pilkada ulang 2025"


def test_groups_differ_in_shape_and_dash_and_stand_side_by_side() -> None:
    rows = [
        {"period": code, "group": group}
        for group in ("PNS", "PPPK")
        for code in ("PILKADA2018", "PEMILU2019")
    ]
    made = draw(tidy(*rows))
    pns, pppk = drawn(made, "PNS"), drawn(made, "PPPK")
    assert (pns.marker.symbol, pppk.marker.symbol) == ("circle", "square")
    assert str(pns.x[0]) < str(pppk.x[0])
    assert [trace.line.dash for trace in made.data if trace.mode == "lines"] == ["solid", "dash"]
    units = draw(tidy(*(row | {"unit_id": row["group"], "unit_name": row["group"]} for row in rows)))
    assert drawn(units, "PNS, PNS").customdata[0][0] == "PNS, PNS"


def test_the_legend_names_each_meaning_once() -> None:
    rows = [{"period": "PILKADA2018", "group": group} | SUPPRESSED for group in ("PNS", "PPPK")]
    made = draw(tidy(*rows))
    assert [trace.showlegend for trace in made.data] == [True, False]


def test_axes_are_titled_and_start_at_zero() -> None:
    made = draw()
    assert made.layout.yaxis.title.text == "Tingkat dugaan<br>orang per 1.000 ASN per tahun"
    assert made.layout.yaxis.range[0] == 0
    assert draw(measure=SHARE).layout.yaxis.range == (0, 1.06)


@pytest.mark.parametrize("difference", [{}, SUPPRESSED, ZERO])
def test_frames_of_one_kind_can_be_drawn(difference: dict[str, object]) -> None:
    made = draw(tidy({"period": "PILKADA2018"} | difference))
    assert len(made.data) == 1


def test_empty_frames_and_sentences() -> None:
    assert not draw(tidy()).data
    assert not draw(tidy({"period": "whole"})).data
    only_refused = draw(tidy({"period": "PILKADA2018"} | NO_ROSTER))
    assert len(only_refused.layout.annotations) == len(OCCASIONS)
    assert alt(FRAME, words=EN, measure=RATE).startswith(
        "Tingkat dugaan (orang per 1.000 ASN per tahun) by election"
    )
    assert "http" not in shown(draw())
