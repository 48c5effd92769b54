"""Classes by evidence: every unit once, never colour alone, no shade for what is not known."""

import pandas as pd
import pytest

from charts import tiles
from charts.map import Layer, alt, classes, details, figure
from charts.shading.verdicts import JUDGED, SIGNS, VERDICTS
from charts.theme import DARK, LIGHT, contrast
from language import words
from tests.charts.frames import NO_ROSTER, RATE, SUPPRESSED, ZERO, shown, tidy

ID, EN = words("id"), words("en")
LAYER = Layer("app/static/geo/kalimantan-overview.0123456789.geojson")
STATES = {
    "below": ZERO, "too_few": ZERO, "suppressed": SUPPRESSED, "far_below": SUPPRESSED, "no_roster": NO_ROSTER,
    "no_report": NO_ROSTER | {"refusal": "no_events_table"}, "outside": NO_ROSTER | {"refusal": "scope"},
}  # fmt: skip


def every_verdict() -> pd.DataFrame:
    rows = [
        {"unit_id": str(6401 + place), "unit_name": f"Kabupaten {verdict}"} | STATES.get(verdict, {})
        for place, verdict in enumerate(VERDICTS)
    ]
    return tidy(*rows).assign(evidence=list(VERDICTS), expected=[4.2] * 8 + [float("nan")] * 4)


def test_every_class_has_its_own_label_and_sign_or_is_the_quiet_one():
    found = classes(every_verdict(), words=ID, measure=RATE)
    assert [kept.verdict for kept in found] == list(VERDICTS)
    assert len({kept.label for kept in found}) == len(VERDICTS)
    signs = [SIGNS[verdict] for verdict in VERDICTS if verdict not in ("within", "alone")]
    assert all(signs)
    assert len(set(signs)) == len(signs)
    assert all(kept.label.endswith("(1 wilayah)") for kept in found)


def test_zeros_and_hidden_counts_are_marked_in_every_class():
    signs = {
        unit: sign
        for kept in classes(every_verdict(), words=ID, measure=RATE)
        for unit, sign in kept.signs().items()
    }
    by_verdict = {verdict: signs.get(str(6401 + place), "") for place, verdict in enumerate(VERDICTS)}
    assert by_verdict["below"] == "▼0"
    assert by_verdict["too_few"] == "?0"
    assert by_verdict["far_below"] == "▼▼•"
    assert by_verdict["suppressed"] == "•"
    assert by_verdict["within"] == ""


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
def test_judged_classes_differ_in_colour_and_their_signs_can_be_read(palette):
    found = {kept.verdict: kept.fill(palette) for kept in classes(every_verdict(), words=ID, measure=RATE)}
    assert len({found[verdict] for verdict in JUDGED}) == 5
    assert all(contrast(palette.label_on(fill), fill) >= 4.5 for fill in found.values())


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
def test_map_and_tiles_draw_every_unit_once_with_its_class_in_the_legend(palette):
    frame = every_verdict()
    made = figure(frame, words=EN, theme=palette, measure=RATE, layer=LAYER)
    shown(made)
    areas = [trace for trace in made.data if trace.type == "choropleth"]
    assert sorted(unit for trace in areas for unit in trace.locations) == sorted(frame["unit_id"])
    grid = tiles.Grid({unit: tiles.Tile(n, n, unit) for n, unit in enumerate(frame["unit_id"])})
    squares = tiles.figure(frame, words=EN, theme=palette, measure=RATE, grid=grid)
    shown(squares)
    entries = [trace.name for trace in made.data if trace.type == "scattergeo" and trace.name]
    assert [trace.name for trace in squares.data if trace.name] == entries
    assert entries[0] == "▲▲ Above the 99.8% limit (1 region)"
    signs = [text for trace in squares.data if trace.textposition == "bottom left" for text in trace.text]
    assert "▼0" in signs


def test_hover_tells_class_expected_count_and_the_bound_of_a_zero():
    told = details(every_verdict(), words=ID, measure=RATE)
    below = told[str(6401 + VERDICTS.index("below"))]
    assert "Di bawah batas 95%" in below
    assert any(line.startswith("Batas atas 95%") for line in below)
    assert any("4,2" in line for line in below)
    silent = told[str(6401 + VERDICTS.index("no_report"))]
    assert silent[-1] == "Laporan belum diterima"
    assert not any("0" in line for line in silent[1:])


def test_the_sentence_names_who_is_outside_and_what_chance_gives():
    told = alt(every_verdict(), words=EN, measure=RATE)
    assert "above the 99.8% limit: Kabupaten far_above" in told
    assert "no report received: 1" in told
    assert "of 5 regions judged, about 0.2 may lie outside" in told
    assert "not judged, since the number of its group is withheld: 1" in told
    withheld = every_verdict().iloc[[VERDICTS.index("group_suppressed")]]
    assert "the number of the whole group is withheld, so no region" in alt(withheld, words=EN, measure=RATE)
    assert "terlalu sedikit" not in alt(withheld, words=ID, measure=RATE)
    calm = every_verdict().iloc[[2, 5]]
    assert "Tidak ada beda".lower() in alt(calm, words=ID, measure=RATE)
    assert alt(calm.iloc[:0], words=ID, measure=RATE) == "Tidak ada baris untuk ditampilkan."
