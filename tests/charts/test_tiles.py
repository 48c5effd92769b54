import csv
from pathlib import Path

import pytest

from charts.theme import DARK, LIGHT
from charts.tiles import Grid, Tile, alt, figure, label
from language import words
from tests.charts.frames import RATE, every_state, shown, tidy, told

ROOT = Path(__file__).resolve().parents[2]
ID = words("id")


def grid(selected: str | None = None) -> Grid:
    with (ROOT / "data" / "reference" / "tilegrid.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    tiles = {
        row["code"].replace(".", ""): Tile(int(row["row"]), int(row["col"]), row["short_name"])
        for row in rows
    }
    return Grid(tiles, selected)


def test_every_unit_has_its_tile_and_its_hover() -> None:
    made = figure(every_state(), words=ID, theme=LIGHT, measure=RATE, grid=grid())
    bars = [trace for trace in made.data if trace.type == "bar" and trace.customdata is not None]
    drawn = {
        lines[-1]: (x, base)
        for trace in bars
        for lines, x, base in zip(trace.customdata, trace.x, trace.base, strict=True)
    }
    assert set(drawn) == set(every_state()["unit_id"])
    tile = grid().tiles["6472"]
    assert drawn["6472"] == (tile.col, pytest.approx(-tile.row - 1, abs=0.05))
    said = {lines[-1]: told(trace, place) for trace in bars for place, lines in enumerate(trace.customdata)}
    assert said["6402"][1] == "0–4 orang, disamarkan"


def test_tiles_without_a_row_keep_their_place() -> None:
    made = figure(every_state(), words=ID, theme=DARK, measure=RATE, grid=grid())
    assert len(made.data[0].x) == 56 - 5
    assert made.data[0].hovertemplate == "Di luar pilihan<extra></extra>"


def test_hatches_tell_what_colour_alone_must_not() -> None:
    made = figure(every_state(), words=ID, theme=LIGHT, measure=RATE, grid=grid())
    shapes = [trace.marker.pattern.shape for trace in made.data[2:] if trace.type == "bar"]
    assert shapes == ["", "", "/", "x", "."]


def test_labels_read_on_their_tiles() -> None:
    made = figure(every_state(), words=ID, theme=LIGHT, measure=RATE, grid=grid())
    names = [trace for trace in made.data if trace.type == "scatter"]
    fills = [trace.marker.color for trace in made.data if trace.type == "bar"][1:]
    assert [trace.textfont.color for trace in names[1:]] == [LIGHT.label_on(fill) for fill in fills]
    assert {trace.textfont.size for trace in names} == {10}


def test_the_selected_tile_is_outlined_and_squares_stay_square() -> None:
    made = figure(every_state(), words=ID, theme=LIGHT, measure=RATE, grid=grid("6402"))
    assert made.data[-1].marker.line.width == 3
    assert made.data[-1].x == (grid().tiles["6402"].col,)
    assert made.layout.yaxis.scaleanchor == "x"
    assert (made.layout.xaxis.range, made.layout.yaxis.range) == ((-0.5, 8.5), (-10, 0))


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Paser", "Paser"),
        ("Barito Selatan", "Barito<br>Selatan"),
        ("Balikpapan", "Balik-<br>papan"),
        ("Banjarmasin", "Banjar-<br>masin"),
        ("Singkawang", "Singka-<br>wang"),
        ("Samarinda", "Sama-<br>rinda"),
        ("Aaaaaaaaaa", "Aaaaaaaaaa"),
        ("Kotawaringin Barat", "Kotawa-<br>ringin<br>Barat"),
        ("Palangka Raya", "Palangka<br>Raya"),
    ],
)
def test_long_names_are_parted_at_a_syllable(name: str, lines: str) -> None:
    assert label(name) == lines


def test_units_outside_the_grid_are_left_to_the_table() -> None:
    frame = tidy({}, {"unit_id": "9999"})
    made = figure(frame, words=ID, theme=LIGHT, measure=RATE, grid=grid())
    drawn = [lines[-1] for trace in made.data if trace.customdata is not None for lines in trace.customdata]
    assert drawn == ["6472"]


def test_empty_frames_and_sentences() -> None:
    assert not figure(tidy(), words=ID, theme=LIGHT, measure=RATE, grid=grid()).data
    assert alt(every_state(), words=ID, measure=RATE).startswith("Peta ubin: ")
    assert "http" not in shown(figure(every_state(), words=ID, theme=LIGHT, measure=RATE, grid=grid()))
