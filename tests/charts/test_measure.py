import pandas as pd
import pytest

from charts.measure import (
    Measure,
    group_name,
    hover,
    is_simulated,
    reason,
    sentence,
    short_name,
    states,
)
from language import words
from metrics.frame import REFUSALS
from tests.charts.frames import COUNT, NO_ROSTER, RATE, SHARE, SUPPRESSED, ZERO, every_state, tidy

ID, EN = words("id"), words("en")


@pytest.mark.parametrize(
    ("measure", "value", "indonesian", "english"),
    [
        (RATE, 1.449, "1,4", "1.4"),
        (RATE, 0.137, "0,14", "0.14"),
        (RATE, 0.0, "0", "0"),
        (RATE, 1234.5, "1.234", "1,234"),
        (RATE, pd.NA, "–", "–"),
        (SHARE, 0.543, "54%", "54%"),
        (SHARE, None, "–", "–"),
        (COUNT, 14662, "14.662", "14,662"),
    ],
)
def test_values_are_written_by_kind_and_language(
    measure: Measure, value: object, indonesian: str, english: str
) -> None:
    assert (measure.shown(ID, value), measure.shown(EN, value)) == (indonesian, english)


def test_intervals_are_written_by_kind() -> None:
    assert RATE.span(ID, 1.1, 10.2) == "1,1–10,2"
    assert RATE.span(EN, 0.03, 5.6) == "0.03–5.6"
    assert SHARE.span(ID, 0.12, 0.47) == "12–47%"
    assert RATE.span(ID, pd.NA, 1) == "–"


def test_the_hidden_range_is_that_of_the_rows() -> None:
    few, wide, open_ = ({"least": 0, "most": 4}, {"least": 3, "most": 12}, {"least": 2, "most": pd.NA})
    assert RATE.hidden(ID, few) == "0–4"
    assert RATE.hidden(ID, few, wide) == "0–12"
    assert COUNT.hidden(EN, wide, open_) == "2 or more"
    assert COUNT.concealed(ID, open_) == "2 atau lebih orang, disamarkan"
    assert RATE.hidden(EN) == "withheld"


def test_a_hidden_share_does_not_say_which_count_is_small() -> None:
    assert SHARE.hidden(ID) == "disamarkan"
    hidden = tidy(SUPPRESSED | {"lower": pd.NA, "upper": pd.NA, "exposure": pd.NA})
    told = hover(hidden.to_dict("records")[0], EN, SHARE)
    assert told == ["Kota Samarinda", "Withheld to protect persons"]
    assert "0–4" not in sentence("chart.alt.map", hidden, words=EN, measure=SHARE)
    counted = hover(tidy(SUPPRESSED).to_dict("records")[0], EN, COUNT)
    assert counted == ["Kota Samarinda", "0–4 persons, withheld"]


def test_axis_titles_name_the_unit() -> None:
    assert RATE.axis == "Tingkat dugaan (orang per 1.000 ASN per tahun)"
    assert Measure("count", "Orang", "").axis == "Orang"


def test_every_row_has_one_state() -> None:
    assert states(every_state()) == ["value", "zero", "suppressed", "no_roster", "refused"]
    assert states(tidy()) == []


def test_hover_says_how_sure_a_value_is() -> None:
    row = tidy({}).to_dict("records")[0]
    assert hover(row, ID, RATE) == ["Kota Samarinda", "1,2", "Selang 95%: 0,65–2,2", "12 orang · 9.607 ASN"]
    assert hover(row, EN, RATE)[2:] == ["95% interval: 0.65–2.2", "12 persons · 9,607 civil servants"]
    share = tidy({"estimate": 0.5, "lower": 0.25, "upper": 0.75, "exposure": 24.0}).to_dict("records")[0]
    assert hover(share, ID, SHARE)[1:] == ["50%", "Selang 95%: 25–75%", "12 dari 24"]
    assert hover(row | {"estimate": 12.0, "lower": pd.NA}, ID, COUNT) == ["Kota Samarinda", "12"]


@pytest.mark.parametrize(
    ("difference", "lines"),
    [
        (ZERO, ["0, tidak ada kejadian tercatat", "Batas atas 95%: 0,31", "0 orang · 9.607 ASN"]),
        (SUPPRESSED, ["0–4 orang, disamarkan", "Rentang yang mungkin: 0,03–1,1", "9.607 ASN"]),
        (NO_ROSTER, ["Tidak ada daftar pegawai dalam 18 bulan dari periode"]),
        (NO_ROSTER | {"refusal": "none"}, ["Tidak dapat dihitung"]),
        (ZERO | {"upper": pd.NA, "events": pd.NA}, ["0, tidak ada kejadian tercatat", "9.607 ASN"]),
    ],
)
def test_hover_says_why_there_is_no_value(difference: dict[str, object], lines: list[str]) -> None:
    assert hover(tidy(difference).to_dict("records")[0], ID, RATE)[1:] == lines


def test_a_share_without_counts_shows_none() -> None:
    row = tidy(SUPPRESSED | {"exposure": pd.NA}).to_dict("records")[0]
    assert hover(row, EN, SHARE)[-1].startswith("Possible range")


def test_every_refusal_has_its_words_in_both_languages() -> None:
    for w in (ID, EN):
        for refusal in REFUSALS:
            assert reason(w, RATE, refusal)
            if refusal not in ("none", "suppressed"):
                assert w(f"chart.brief.{refusal}")


def test_groups_are_named_and_unknown_codes_stand_for_themselves() -> None:
    assert (group_name(ID, "medium"), group_name(EN, "all")) == ("Disiplin sedang", "All")
    assert group_name(ID, "new_code") == "new_code"


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Pemerintah Kabupaten Paser", "Pemkab Paser"),
        ("Pemerintah Kota Samarinda", "Pemkot Samarinda"),
        ("Provinsi Kalimantan Timur", "Kalimantan Timur"),
        ("Kabupaten Berau", "Kab. Berau"),
        ("Badan Kepegawaian Daerah", "Badan Kepegawaian<br>Daerah"),
        (
            "Dinas Pekerjaan Umum, Penataan Ruang dan Perumahan Rakyat",
            "Dinas Pekerjaan Umum,<br>Penataan Ruang dan…",
        ),
    ],
)
def test_names_fit_beside_their_row(name: str, short: str) -> None:
    assert short_name(name) == short


def test_the_sentence_counts_states_and_tells_how_sure() -> None:
    text = sentence("chart.alt.map", every_state(), words=ID, measure=RATE)
    assert text == (
        "Peta: Tingkat dugaan (orang per 1.000 ASN per tahun) di 5 wilayah; nilai yang dapat dihitung 1,2; "
        "1 tanpa kejadian; 1 disamarkan (0–4 orang); 1 tanpa daftar pegawai; "
        "1 tanpa pemungutan suara atau di luar data; tidak semua selang kepercayaan 95% saling tumpang tindih, "
        "dan sebagian perbedaan tetap dapat timbul karena kebetulan."
    )


def test_who_did_not_vote_is_told_apart_from_what_cannot_be_computed() -> None:
    rows = every_state()
    rows.loc[rows["refusal"] == "scope", "refusal"] = "no_events_table"
    text = sentence("chart.alt.trend", rows, words=EN, measure=RATE)
    assert "1 cannot be computed" in text and "without a vote" not in text


def test_overlapping_intervals_are_called_indistinguishable() -> None:
    units = [{"unit_id": str(place), "estimate": 1.0 + place, "upper": 9.0} for place in range(3)]
    text = sentence("chart.alt.intervals", tidy(*units), words=ID, measure=RATE)
    assert "antara 1,0 dan 3,0" in text
    assert text.endswith("saling tumpang tindih, perbedaan tidak dapat dibedakan dari kebetulan.")


def test_units_with_a_number_are_told_apart_from_withheld_ones_that_take_no_part() -> None:
    units = [{"unit_id": str(place), "estimate": 1.0 + place, "upper": 9.0} for place in range(3)]
    text = sentence("chart.alt.intervals", tidy(*units, SUPPRESSED), words=EN, measure=RATE)
    assert text.endswith(
        "that are computed overlap, the differences between them cannot be told from chance."
    )


def test_one_row_has_an_interval_and_simulated_data_are_named() -> None:
    text = sentence("chart.alt.trend", tidy({"is_simulated": True}), words=EN, measure=RATE)
    assert text.endswith(
        "the value that can be computed is 1.2; with a 95% confidence interval; simulated data."
    )
    assert is_simulated(tidy({}, {"is_simulated": True}))
    assert not is_simulated(tidy())


def test_the_sentence_of_nothing() -> None:
    assert sentence("chart.alt.map", tidy(), words=EN, measure=RATE) == "There are no rows to show."
    hidden = sentence("chart.alt.map", tidy(SUPPRESSED), words=EN, measure=RATE)
    assert hidden.endswith("1 withheld (0–4 persons).")
