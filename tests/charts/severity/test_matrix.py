from charts.severity.matrix import alt, figure
from charts.theme import DARK, LIGHT
from language import words
from tests.charts.frames import COUNT, NO_ROSTER, SUPPRESSED, shown, tidy

ID, EN = words("id"), words("en")


def cell(group: str, events: int, **others: object) -> dict[str, object]:
    return {"group": group, "events": events, "estimate": float(events)} | others


FRAME = tidy(
    cell("medium>medium", 40),
    cell("medium>light", 8),
    cell("light>light", 0),
    SUPPRESSED | {"group": "light>medium"},
    NO_ROSTER | {"group": "light>none"},
)


def test_every_pair_has_its_cell() -> None:
    made = figure(FRAME, words=EN, theme=LIGHT, measure=COUNT)
    assert made.layout.xaxis.ticktext == ("Light<br>discipline", "Medium<br>discipline", "None<br>yet")
    assert made.layout.yaxis.ticktext == ("Light<br>discipline", "Medium<br>discipline")
    cells = {
        tuple(pair): (text, x)
        for trace in made.data
        for pair, text, x in zip(trace.customdata, trace.text, trace.x, strict=True)
    }
    assert cells["Medium discipline", "Light discipline"] == ("8", 0)
    assert cells["Light discipline", "Medium discipline"] == ("0–4", 1)
    assert cells["Light discipline", "None yet"] == ("–", 2)
    assert "Rows: recommended" in made.layout.xaxis.title.text


def test_shade_outline_and_hatch_carry_the_meaning() -> None:
    plain, hidden = figure(FRAME, words=ID, theme=DARK, measure=COUNT).data
    assert plain.marker.color == (DARK.sequential[4], DARK.sequential[1], DARK.zero, DARK.no_roster)
    assert plain.marker.line.width == (2.5, 0.5, 2.5, 0.5)
    assert (hidden.marker.pattern.shape, hidden.marker.pattern.bgcolor) == ("/", DARK.suppressed)


def test_frames_of_one_kind_can_be_drawn() -> None:
    hidden = figure(tidy(SUPPRESSED | {"group": "light>light"}), words=ID, theme=LIGHT, measure=COUNT)
    assert [trace.text for trace in hidden.data] == [("0–4",)]
    zero = figure(tidy(cell("light>light", 0)), words=ID, theme=LIGHT, measure=COUNT)
    assert zero.data[0].marker.color == (LIGHT.zero,)
    assert not figure(tidy({}), words=ID, theme=LIGHT, measure=COUNT).data


def test_the_sentence_counts_only_what_is_shown() -> None:
    assert alt(FRAME, words=EN, measure=COUNT) == (
        "Recommended against imposed: 48 persons (a full count) in cells that may be shown, 40 of them decided as recommended; "
        "1 part withheld (0–4 persons)."
    )
    assert alt(tidy(cell("light>light", 9, is_simulated=True)), words=ID, measure=COUNT).endswith(
        "data simulasi."
    )
    assert alt(tidy({}), words=ID, measure=COUNT) == "Tidak ada baris untuk ditampilkan."


def test_simulated_data_are_marked_and_nothing_is_fetched() -> None:
    made = figure(tidy(cell("light>light", 9, is_simulated=True)), words=ID, theme=LIGHT, measure=COUNT)
    assert made.layout.xaxis.title.text.endswith("DATA SIMULASI")
    assert "http" not in shown(made)
