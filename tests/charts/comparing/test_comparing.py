"""Funnel, caterpillar and spine: what is drawn equals the frame, and what is withheld is nowhere in the figure."""

import json

import pandas as pd
import plotly.graph_objects as go
import pytest

from charts.comparing import caterpillar, funnel, spine
from charts.comparing import words as telling
from charts.theme import DARK, LIGHT
from language import words
from tests.charts.comparing import frames

ID, EN = words("id"), words("en")
LOOKS = [(w, theme) for w in (ID, EN) for theme in (LIGHT, DARK)]


def funnel_of(frame, w=ID, theme=LIGHT):
    return funnel.figure(frame, words=w, theme=theme, lines=frames.lines())


def caterpillar_of(frame, w=ID, theme=LIGHT):
    return caterpillar.figure(frame, frames.as_tidy(frame), words=w, theme=theme, field=9)


def spine_rows():
    row = {
        "name": "Tingkat dugaan", "state": "value", "value": 3.79, "low": 2.3, "high": 5.9, "quarter": 0.2,
        "three_quarters": 1.9, "peers_low": 0.3, "peers_high": 0.7, "told": ["Tingkat dugaan", "0,43 per 1.000"],
    }  # fmt: skip
    zero = row | {"name": "Rekomendasi", "state": "zero", "value": 0.0, "low": 0.0, "high": 0.9}
    hidden = row | {"name": "Tindak lanjut", "state": "suppressed", "told": ["Tindak lanjut", "disamarkan"]} | (
        dict.fromkeys(("value", "low", "high", "quarter", "three_quarters", "peers_low", "peers_high"))
    )  # fmt: skip
    return pd.DataFrame([row, zero, hidden])


def spine_of(frame, w=ID, theme=LIGHT):
    return spine.figure(frame, words=w, theme=theme, simulated=True)


@pytest.mark.parametrize(("w", "theme"), LOOKS)
@pytest.mark.parametrize("draw", [funnel_of, caterpillar_of])
def test_a_figure_is_valid_for_plotly_and_shows_nothing_as_such(draw, w, theme):
    for frame in (frames.every_state(), frames.frame({}), frames.frame(frames.HIDDEN), frames.frame()):
        go.Figure(draw(frame, w, theme).to_dict())
    assert go.Figure(spine_of(spine_rows(), w, theme).to_dict()).data
    go.Figure(spine_of(pd.DataFrame(), w, theme).to_dict())


def dots(made):
    return {
        line[-1]: (trace, trace.x[n], trace.y[n])
        for trace in made.data
        if trace.mode == "markers" and trace.customdata is not None
        for n, line in enumerate(trace.customdata)
    }


def test_dots_of_the_funnel_equal_the_table():
    found = dots(funnel_of(frames.every_state()))
    assert set(found) == {"6472", "6401", "6402"}
    assert found["6472"][1:] == (4.0, 3.0)
    assert found["6401"][1:] == (5.2, 0.96)
    assert found["6472"][0].name == "Di luar batas 99,8%"
    assert found["6402"][0].marker.symbol == "diamond-open"


def test_limits_are_named_and_a_lower_limit_of_zero_is_not_drawn():
    made = funnel_of(frames.every_state())
    named = [trace.name for trace in made.data if trace.mode == "lines" and trace.showlegend is not False]
    assert named == ["Batas 95%", "Batas 99,8%", "Sama dengan kelompoknya (1)"]
    lower = next(trace for trace in made.data if trace.mode == "lines" and trace.showlegend is False)
    assert lower.y == (None, 0.4)


@pytest.mark.parametrize("draw", [funnel_of, caterpillar_of])
def test_a_withheld_unit_has_neither_dot_nor_rank(draw):
    made = draw(frames.every_state())
    assert "6403" not in dots(made)
    with_it = json.dumps(draw(frames.every_state()).to_dict(), default=str)
    other = frames.frame({}, frames.WITHIN, frames.ZERO, frames.HIDDEN | {"smoothed": 9.87}, frames.NO_ROSTER)
    assert json.dumps(draw(other).to_dict(), default=str) == with_it


def test_a_caterpillar_tells_ranks_only_where_there_are_any():
    made = caterpillar_of(frames.every_state())
    texts = [text for trace in made.data if trace.mode == "markers+text" for text in trace.text]
    assert [text for text in texts if "peringkat" in text] == ["peringkat 1–4 dari 9"]
    drawn_in = next(trace for trace in made.data if trace.name == "Ditarik ke rata-rata")
    assert drawn_in.x == (2.4, 0.97, 0.2)
    units = {lines[-1] for trace in made.data if trace.customdata is not None for lines in trace.customdata}
    assert units == {"6472", "6401", "6402", "6403", "6407"}


def test_every_line_about_a_unit_says_how_sure_it_is():
    row = frames.frame({}).to_dict("records")[0]
    assert telling.hover(ID, row) == [
        "Kota Samarinda",
        "12 tercatat, 4,0 diharapkan",
        "Rasio 3,00 (selang 95%: 1,55–5,24)",
        "Di atas batas 99,8%",
        "Ditarik ke rata-rata: 2,40 (30% dari rata-rata)",
    ]
    assert telling.rank(EN, row, 61) == "rank 1–4 of 61"
    assert telling.rank(EN, row | frames.NO_RANK, 61) == "cannot be ranked"


def test_sentences_count_what_is_outside_withheld_and_missing():
    told = funnel.alt(frames.every_state(), words=ID)
    assert "3 unit" in told and "1 di luar batas 99,8%, 1 di luar batas 95%" in told
    assert "1 disamarkan" in told and "1 tidak dapat dihitung" in told
    assert "tidak ada beda yang dapat dibedakan dari kebetulan" in funnel.alt(
        frames.frame(frames.WITHIN), words=ID
    )
    assert "A rank interval is told for 1 unit." in caterpillar.alt(frames.every_state(), words=EN)
    assert funnel.alt(frames.frame(frames.HIDDEN), words=EN) == EN("chart.no_rows")


def test_a_spine_draws_multiples_and_stops_at_its_edge():
    made = spine_of(spine_rows())
    value = next(trace for trace in made.data if trace.name == "Unit ini dan selang 95%-nya")
    assert value.x == (3.79,)
    assert value.error_x.array == (pytest.approx(4.0 - 3.79),)
    peers = next(trace for trace in made.data if trace.name == "Unit yang sebanding, bersama")
    assert peers.x[0] == pytest.approx(0.5)
    assert peers.error_x.array[0] == pytest.approx(0.2)
    assert [note.text for note in made.layout.annotations] == ["disamarkan"]
    assert "Tindak lanjut: disamarkan" in spine.alt(spine_rows(), words=ID)


def test_a_value_far_beyond_the_group_is_an_arrow():
    far = spine_rows().assign(value=[9.0, 0.0, None], high=[12.0, 0.9, None])
    made = spine_of(far)
    value = next(trace for trace in made.data if trace.name == "Unit ini dan selang 95%-nya")
    assert (value.x, tuple(value.marker.symbol)) == ((4.0,), ("triangle-right",))


def test_a_funnel_of_shares_has_its_own_scale():
    from charts.comparing.funnel import Scale

    units = pd.DataFrame(
        {
            "unit_id": ["61", "64"],
            "unit_name": ["Kalimantan Barat", "Kalimantan Timur"],
            "trials": [30.0, 20.0],
            "observed": [5.0, 19.0],
            "share": [0.1667, 0.95],
            "position": [0, 2],
            "refusal": ["none", "none"],
            "suppressed": [False, False],
            "is_simulated": [True, True],
        }
    )
    limits = pd.DataFrame(
        {
            "trials": [20.0, 30.0] * 2,
            "level": [0.95] * 2 + [0.998] * 2,
            "lower": [0.1] * 4,
            "upper": [0.6, 0.5, 0.7, 0.6],
        }
    )
    scale = Scale(
        x="trials", y="share", target=0.34, is_share=True, told=lambda _, row: [str(row["unit_name"])]
    )
    made = funnel.figure(units, words=ID, theme=LIGHT, lines=limits, scale=scale)
    dots = {
        trace.customdata[0][-1]: (trace.x[0], trace.y[0]) for trace in made.data if trace.mode == "markers"
    }
    assert dots == {"61": (30.0, 0.1667), "64": (20.0, 0.95)}
    target = next(trace for trace in made.data if trace.name == ID("between.target"))
    assert list(target.y) == [0.34, 0.34]
    assert made.layout.yaxis.tickformat == ".0%"
    assert made.layout.yaxis.range[1] > 1.0
