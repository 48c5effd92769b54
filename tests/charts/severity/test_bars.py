import pandas as pd

from charts.severity.bars import alt, figure, in_order
from charts.theme import DARK, LIGHT
from language import words
from tests.charts.frames import COUNT, NO_ROSTER, SUPPRESSED, shown, tidy

ID, EN = words("id"), words("en")
BARE = {"exposure": pd.NA, "headcount": pd.NA, "lower": pd.NA, "upper": pd.NA}


def part(group: str, events: int, **others: object) -> dict[str, object]:
    return BARE | {"group": group, "events": events, "estimate": float(events)} | others


FRAME = tidy(
    part("all", 60),
    part("moral", 12),
    part("light", 30),
    SUPPRESSED | BARE | {"group": "heavy"},
    part("unknown", 0),
    part("light", 7, unit_id="6401", unit_name="Kabupaten Paser"),
    NO_ROSTER
    | {"group": "light", "unit_id": "6403", "unit_name": "Kabupaten Berau", "refusal": "no_events_table"},
    NO_ROSTER
    | {"group": "heavy", "unit_id": "6403", "unit_name": "Kabupaten Berau", "refusal": "no_events_table"},
)


def test_parts_equal_the_frame_and_totals_are_not_stacked_on_them() -> None:
    made = figure(FRAME, words=ID, theme=LIGHT, measure=COUNT)
    bars = {trace.name: (trace.x, trace.y) for trace in made.data}
    assert made.layout.yaxis.ticktext == ("Kab. Berau", "Kab. Paser", "Kota Samarinda")
    assert bars["Sanksi moral"] == ((12,), (2,))
    assert bars["Disiplin ringan"] == ((30, 7), (2, 1))
    assert "Semua" not in bars
    assert made.layout.xaxis.title.text == "Orang yang diduga<br>orang"


def test_suppressed_parts_are_hatched_up_to_their_limit() -> None:
    made = figure(FRAME, words=ID, theme=DARK, measure=COUNT)
    hidden = made.data[-1]
    assert hidden.name == "0–4 orang, disamarkan (panjang batang: batas atas)"
    assert (hidden.x, hidden.text, hidden.marker.pattern.shape) == ((4,), ("0–4",), "/")


def test_units_without_a_register_say_why_once() -> None:
    made = figure(FRAME, words=EN, theme=LIGHT, measure=COUNT)
    assert [(note.text, note.y) for note in made.layout.annotations] == [("× No register loaded", 0)]


def test_bars_can_stand_for_elections_in_the_order_given() -> None:
    frame = tidy(part("light", 9, period="PILKADA2024"), part("light", 6, period="PILKADA2020"))
    names = {"PILKADA2020": "Pilkada 2020", "PEMILU2024": "Pemilu 2024", "PILKADA2024": "Pilkada 2024"}
    made = figure(frame, words=ID, theme=LIGHT, measure=COUNT, periods=names)
    assert made.layout.yaxis.ticktext == ("Pilkada 2020", "Pilkada 2024")
    assert (made.data[0].x, made.data[0].y) == ((9, 6), (1, 0))


def test_severities_run_from_light_to_heavy() -> None:
    codes = ["none", "heavy", "other", "moral", "unknown", "light", "heavier", "lighter"]
    assert in_order(codes) == ["moral", "light", "heavy", "lighter", "heavier", "other", "none", "unknown"]


def test_comparisons_diverge_and_other_groups_have_colours_of_their_own() -> None:
    frame = tidy(*(part(group, 9) for group in ("lighter", "as_recommended", "heavier")))
    made = figure(frame, words=ID, theme=LIGHT, measure=COUNT)
    assert [trace.marker.color for trace in made.data] == list(LIGHT.diverging[1:4])
    types = figure(tidy(part("PNS", 9), part("PPPK", 9)), words=ID, theme=LIGHT, measure=COUNT)
    assert [trace.marker.color for trace in types.data] == list(LIGHT.groups[:2])


def test_totals_alone_are_drawn() -> None:
    made = figure(tidy(part("all", 14662)), words=ID, theme=LIGHT, measure=COUNT)
    assert (made.data[0].name, made.data[0].text) == ("Semua", ("14.662",))


def test_the_sentence_names_counts_and_hidden_parts() -> None:
    assert alt(FRAME, words=EN, measure=COUNT) == (
        "Orang yang diduga by group for 3 units, a full count without interval, only counts that may be shown; Moral sanction 12; "
        "Light discipline 37; Heavy discipline withheld; Unknown 0; 1 cannot be computed; 1 part withheld (0–4 persons)."
    )
    assert alt(tidy(part("moral", 9, is_simulated=True)), words=ID, measure=COUNT).endswith("data simulasi.")
    assert alt(tidy(), words=ID, measure=COUNT) == "Tidak ada baris untuk ditampilkan."


def test_a_group_of_small_counts_alone_is_not_told_as_zero() -> None:
    places = (
        part("heavy", 0, unit_id="6401"),
        SUPPRESSED | BARE | {"group": "heavy"},
        part("moral", 0),
        part("light", 9),
        SUPPRESSED | BARE | {"group": "light", "unit_id": "6401"},
    )
    told = alt(tidy(*places), words=EN, measure=COUNT)
    assert "Moral sanction 0; Light discipline 9; Heavy discipline withheld; 2 parts" in told


def test_empty_and_simulated_frames() -> None:
    assert not figure(tidy(), words=ID, theme=LIGHT, measure=COUNT).data
    assert not figure(FRAME, words=ID, theme=LIGHT, measure=COUNT, periods={}).data
    made = figure(tidy(part("moral", 9, is_simulated=True)), words=ID, theme=LIGHT, measure=COUNT)
    assert made.layout.legend.title.text == "DATA SIMULASI"
    assert "http" not in shown(made)
