"""Two sides of one place in words and rows: what is drawn is what the table says, and what must be told is told."""

from datetime import date

import pytest

from language import words
from tests import builders
from ui.explaining import answers
from ui.results import Look
from ui.showing import tables
from ui.unit import sides
from warehouse.selection import Selection

ID, EN = words("id"), words("en")
DAYS = {"PILKADA2024": date(2024, 10, 15), "PEMILU2024": date(2024, 1, 15), "PILKADA2020": date(2020, 10, 15)}
COUNTS = {
    ("6472", "PILKADA2024"): 12, ("6472", "PILKADA2020"): 9, ("6472", "PEMILU2024"): 6,
    ("6471", "PILKADA2024"): 3, ("6474", "PILKADA2024"): 0, ("6403", "PILKADA2024"): 2,
}  # fmt: skip
LATE, EARLY = date(2024, 11, 30), date(2020, 12, 31)


@pytest.fixture
def cities(tmp_path, monkeypatch):
    """Three cities with two kinds of staff; one has a few persons only, one none and no earlier roster. A fourth place of
    few persons guards the first, so that no larger count need be withheld for it."""
    staff = [
        builders.heads(count, code, day, kind)
        for code in ("6472", "6471", "6474")
        for day in ((LATE,) if code == "6474" else (EARLY, LATE))
        for kind, count in (("PNS", 4000), ("PPPK", 1000))
    ]
    cases = [
        builders.case(
            code,
            election_code=election,
            event_on=DAYS[election],
            employment_type=("PPPK", "PNS", "PNS")[n % 3],
        )
        for (code, election), count in COUNTS.items()
        for n in range(count)
    ]
    builders.build(tmp_path, {"mart_workforce": staff, "mart_case": cases}, build_id=tmp_path.name)
    monkeypatch.setenv("NETRA_DATA", str(tmp_path))


def held(w, kind, units=(), **chosen):
    return sides.held(w, Selection(**chosen), kind, "government", units)


def test_both_sides_are_drawn_and_told_in_one_table(cities):
    found = held(ID, "election", governments=("6472",))
    table = tables.of_result(ID, found.together)
    assert [row[table.head.index("Kelompok")] for row in table.rows] == ["Pilkada 2020", "Pilkada 2024"]
    assert [row[table.head.index("Orang")] for row in table.rows] == ["9", "12"]
    drawn, alt = sides.picture(
        Look("id", "light"), Selection(governments=("6472",)), "election", "government", ()
    )
    shown = [round(x, 6) for trace in drawn["data"] if trace.get("mode") == "markers" for x in trace["x"]]
    assert sorted(shown) == [round(float(x), 6) for x in sorted(found.together.frame["estimate"])]
    assert "selang kepercayaan 95%" in alt


@pytest.mark.parametrize(
    ("w", "sure"),
    [
        (ID, "Tidak ada beda yang dapat dibedakan dari kebetulan"),
        (EN, "no difference that can be told from chance"),
    ],
)
def test_the_sentence_has_ratio_difference_test_and_what_could_be_seen(cities, w, sure):
    told = held(w, "election", governments=("6472",)).lines[0]
    assert told.startswith("Samarinda, Pilkada 2024: 1")
    assert sure in told
    order = [
        w("comparing.step", difference="@", unit="@", span="@").split("@")[0],
        sure[1:],
        w("comparing.seen.never")[:20],
    ]
    assert [told.index(part) for part in order] == sorted(told.index(part) for part in order)


def test_days_staff_and_rosters_of_each_side_are_named(cities):
    notes = held(EN, "election", governments=("6472",)).notes
    assert notes[0].startswith("Pilkada 2020: 15 December 2019 to 8 January 2021 (391 days), ")
    assert "5,000 civil servants on average" in notes[0]
    assert "31 December 2020" in notes[0]
    assert notes[1].startswith("Pilkada 2024: ")


def test_kinds_that_differ_and_a_window_that_runs_on_are_told(cities):
    chosen = {"governments": ("6472",), "elections": ("PEMILU2024", "PILKADA2024")}
    notes = " ".join(held(ID, "election", **chosen).notes)
    assert "Jenisnya berbeda" in notes
    assert "berlangsung sampai 27 Desember 2024" in notes


def test_several_governments_are_narrowed_to_those_with_both_rosters(cities):
    found = held(EN, "election", governments=("6471", "6472", "6474"))
    assert "Counted over the 2 governments" in " ".join(found.notes)
    assert found.lines[0].startswith("Combined, Pilkada 2024: ")


@pytest.mark.parametrize(
    ("kind", "named", "place"),
    [
        ("election", ("Pilkada", "2020", "2024"), {"governments": ("6472",)}),
        ("employment", ("PNS", "PPPK"), {"provinces": ("64",)}),
    ],
)
def test_the_explanation_names_what_both_sides_select(cities, kind, named, place):
    found = held(ID, kind, **place)
    told = answers.of(ID, found.together).lines["filters"][0]
    assert all(part in told for part in named), told


@pytest.mark.parametrize(("w", "said"), [(ID, "tidak diterbitkan"), (EN, "is not published")])
def test_where_no_side_is_published_one_sentence_says_so(cities, w, said):
    assert said in held(w, "employment", governments=("6472",))
    both = held(w, "employment", units=("6472",), provinces=("64",))
    assert [w("comparing.withheld.not_published") in line for line in both.lines] == [False, True]


def test_a_few_persons_on_a_side_leave_a_sentence_and_no_number(cities):
    found = held(ID, "election", governments=("6471",))
    assert "Jumlahnya disamarkan" in found.lines[0]
    table = tables.of_result(ID, found.together)
    assert [row[table.head.index("Orang")] for row in table.rows] == ["0", "1–4"]


def test_without_the_earlier_roster_there_is_no_comparison_and_no_zero(cities):
    found = held(EN, "election", governments=("6474",))
    assert "Pilkada 2020: no roster within 18 months" in found.lines[0]
    earlier = found.together.frame.iloc[0]
    assert earlier["refusal"] == "no_roster"
    assert found.notes[0].endswith("no denominator.")


def test_picked_units_stand_below_the_whole_with_their_own_counts(cities):
    found = held(ID, "employment", ("6472", "6471"))
    assert [line.split(",")[0] for line in found.lines] == ["Kalimantan", "Samarinda", "Balikpapan"]
    assert len(found.together.frame) == 6
    assert "berbeda umur, jabatan dan lamanya bekerja" in found.notes[-1]


def test_what_cannot_be_compared_is_one_sentence(cities):
    assert held(ID, "employment", employment=("PNS",)).startswith("Saringan kepegawaian hanya memuat PNS")
    assert held(EN, "election", elections=("PSU2025-KUKAR",), governments=("6472",)).startswith("No election")
    assert held(EN, "election", elections=("PILKADA2015",), governments=("6472",)).startswith(
        "No election before Pilkada 2015"
    )
