import csv
from pathlib import Path
from typing import Any

import pandas as pd

from charts.published import STAGES, alt, figure
from charts.theme import DARK, LIGHT
from language import words
from tests.charts.frames import shown

ROOT = Path(__file__).resolve().parents[3]
ID, EN = words("id"), words("en")
ROW = {
    "figure_id": "NV001",
    "area": "Kaltim",
    "election": "Pilkada 2020",
    "stage": "reported",
    "unit": "persons",
    "count": 53,
    "period_end": "2020-12",
    "publisher": "Bawaslu Kaltim",
}


def published(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame([ROW | row for row in rows], columns=list(ROW))


FRAME = published(
    {},
    {"figure_id": "NV002", "count": 54},
    {"figure_id": "NV003", "count": 16, "unit": "cases", "stage": "recommended", "publisher": None},
    {"figure_id": "NV004", "election": "Pemilu 2024", "count": 30},
    {"figure_id": "NV005", "election": "Pilkada 2024", "count": 5, "period_end": None},
)


def test_every_figure_is_one_dot_and_nothing_is_added_up() -> None:
    made = figure(FRAME, words=ID, theme=LIGHT)
    dots = {
        told.split()[-1]: (x, told)
        for trace in made.data
        for x, told in zip(trace.x, trace.customdata, strict=True)
    }
    assert {key: x for key, (x, _) in dots.items()} == dict(
        zip(FRAME["figure_id"], FRAME["count"], strict=True)
    )
    assert dots["NV001"][1] == "Kaltim NV001"


def test_strips_run_by_election_and_stage() -> None:
    made = figure(FRAME, words=EN, theme=LIGHT)
    assert made.layout.yaxis.ticktext == (
        "<b>Pilkada 2020</b>",
        "Reported",
        "Recommended",
        "<b>Pemilu 2024</b>",
        "Reported",
        "<b>Pilkada 2024</b>",
        "Reported",
    )
    assert made.layout.xaxis.title.text == "Published count"


def test_persons_are_filled_and_cases_hollow() -> None:
    made = figure(FRAME, words=EN, theme=DARK)
    assert {trace.name: trace.marker.symbol for trace in made.data} == {
        "Persons": "circle",
        "Cases or reports": "square-open",
    }


def test_close_figures_stand_beside_each_other() -> None:
    many = published(*({"figure_id": f"NV{place:03}", "count": 50} for place in range(7)), {"count": 60})
    heights = figure(many, words=EN, theme=LIGHT).data[0].y
    assert len(set(heights[:5])) == 5
    assert heights[7] == 1


def test_a_lonely_high_figure_is_written_at_the_edge() -> None:
    far = published(
        {}, {"figure_id": "NV002", "count": 40}, {"figure_id": "NV003", "count": 2699, "unit": "cases"}
    )
    made = figure(far, words=ID, theme=LIGHT)
    assert [note.text for note in made.layout.annotations] == ["2.699 ▸"]
    assert made.layout.xaxis.range[1] < 100
    assert "2.699" in alt(far, words=ID)


def test_the_sentence_says_that_figures_overlap() -> None:
    assert alt(FRAME, words=EN) == (
        "5 published figures by election and stage (publishers: 1, counting persons: 4, counting cases: 1), "
        "between 5 and 54; the figures overlap and are not added up."
    )
    assert alt(published(), words=EN) == "There are no rows to show."
    assert not figure(published(), words=EN, theme=LIGHT).data


def test_zero_is_a_figure_too() -> None:
    made = figure(published({"count": 0}), words=EN, theme=LIGHT)
    assert made.data[0].x == (0,)


def test_every_published_stage_has_a_strip_and_no_figure_leads_outside() -> None:
    with (ROOT / "data" / "published" / "violations.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert {row["stage"] for row in rows} <= set(STAGES)
    frame = pd.DataFrame(rows).assign(area="Kaltim")
    frame["unit"] = ["persons" if count else "cases" for count in frame["asn_count"]]
    frame["count"] = [int(float(row["asn_count"] or row["case_count"])) for row in rows]
    made = figure(frame, words=ID, theme=LIGHT)
    assert sum(len(trace.x) for trace in made.data) == len(rows)
    assert "http" not in shown(made)
