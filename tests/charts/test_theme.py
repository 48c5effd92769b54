import tomllib
from dataclasses import fields
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest

from charts.theme import DARK, LIGHT, Theme, axis_title, contrast, empty, layout, luminance, theme
from language import words

ROOT = Path(__file__).resolve().parents[2]
THEMES = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
# Simulation of complete protanopia, deuteranopia and tritanopia on linear RGB (Machado et al. 2009, severity 1).
BLINDNESS = {
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.01182, 0.04294, 0.968881],
    ],
    "tritan": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.3039],
    ],
}


def fills(palette: Theme) -> list[str]:
    return [
        *palette.sequential,
        *palette.diverging,
        palette.zero,
        palette.suppressed,
        palette.no_roster,
        palette.refused,
    ]


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert luminance("#ffffff") == pytest.approx(1)


@THEMES
def test_text_reads_on_page_and_surface(palette: Theme) -> None:
    for ground in (palette.paper, palette.surface):
        assert contrast(palette.text, ground) >= 7
        assert contrast(palette.muted, ground) >= 4.5
        assert contrast(palette.primary, ground) >= 4.5


@THEMES
def test_marks_and_outlines_stand_out_from_the_page(palette: Theme) -> None:
    for colour in (*palette.groups, palette.line, palette.primary):
        assert contrast(colour, palette.paper) >= 3
        assert contrast(colour, palette.surface) >= 3


@THEMES
def test_labels_read_on_every_fill(palette: Theme) -> None:
    for fill in fills(palette):
        assert contrast(palette.label_on(fill), fill) >= 4.5


@THEMES
def test_steps_run_one_way_and_can_be_told_apart(palette: Theme) -> None:
    steps = [contrast(step, palette.paper) for step in palette.sequential]
    assert steps == sorted(steps)
    assert all(contrast(one, other) >= 1.3 for one, other in pairwise(palette.sequential))
    assert contrast(palette.sequential[0], palette.sequential[-1]) >= 4.5


@THEMES
@pytest.mark.parametrize("kind", [None, *BLINDNESS])
def test_groups_differ_for_every_kind_of_sight(palette: Theme, kind: str | None) -> None:
    colours = [_lab(colour, kind) for colour in palette.groups[:3]]
    assert min(np.linalg.norm(one - other) for one, other in combinations(colours, 2)) > 15


@THEMES
def test_no_colour_is_red_or_green(palette: Theme) -> None:
    for field in fields(palette):
        value = getattr(palette, field.name)
        for colour in value if isinstance(value, tuple) else [value]:
            if colour.startswith("#"):
                red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
                assert not (
                    red > 1.6 * green and red > 1.6 * blue and red - green > 90 and green < 1.2 * blue + 20
                )
                assert not (green > 1.3 * red and green > 1.3 * blue)


def test_the_page_has_the_colours_of_the_figures() -> None:
    # Until the two files are merged the part is the source; afterwards only the configuration exists.
    folder = ROOT / ".streamlit"
    part = folder / "theme.toml.part"
    page = tomllib.loads((part if part.exists() else folder / "config.toml").read_text(encoding="utf-8"))[
        "theme"
    ]
    for palette in (LIGHT, DARK):
        section = page[palette.name]
        assert section["backgroundColor"] == palette.paper
        assert section["secondaryBackgroundColor"] == palette.surface
        assert section["textColor"] == palette.text
        assert section["primaryColor"] == section["linkColor"] == palette.primary
        for ground in (palette.paper, palette.surface):
            assert contrast(section["borderColor"], ground) >= 3
        for name in ("blue", "yellow", "orange", "gray"):
            assert contrast(section[f"{name}TextColor"], section[f"{name}BackgroundColor"]) >= 4.5
    assert "http" not in str(page)


def test_any_other_name_is_the_light_theme() -> None:
    assert theme("dark") is DARK
    assert theme("light") is theme(None) is theme("custom") is LIGHT


def test_the_layout_marks_simulated_data_and_writes_numbers_as_the_language_does() -> None:
    marked = layout(words("id"), LIGHT, height=100, simulated=True)
    assert [note["text"] for note in marked["annotations"]] == ["DATA SIMULASI"]
    assert marked["separators"] == ",."
    plain = layout(words("en"), DARK, height=100, simulated=False)
    assert (plain["annotations"], plain["separators"]) == ([], ".,")


def test_an_empty_figure_says_so() -> None:
    figure = empty(words("en"), LIGHT)
    assert [note.text for note in figure.layout.annotations] == ["There are no rows to show."]
    assert not figure.data


def test_axis_titles_fit_a_phone() -> None:
    title = axis_title("Tingkat dugaan pelanggaran", "orang per 1.000 ASN selama jendela pemilihan")
    assert title.split("<br>") == [
        "Tingkat dugaan pelanggaran",
        "orang per 1.000 ASN selama jendela",
        "pemilihan",
    ]
    assert axis_title("Orang", "") == "Orang"


def _lab(colour: str, kind: str | None) -> np.ndarray:
    """CIELAB (D65) of a colour as seen with a kind of colour blindness."""
    share = np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    if kind:
        linear = np.clip(np.array(BLINDNESS[kind]) @ linear, 0, 1)
    matrix = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = matrix @ linear / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])
