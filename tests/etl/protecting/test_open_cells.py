"""The protected table of a warehouse withstands an attacker who has everything that it publishes, and nothing else."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import duckdb
import numpy as np
import pytest

from errors import DefinitionError
from etl.building.build import build
from etl.building.publish import current
from etl.loading.cases import CasesRequest, load_cases
from etl.loading.roster import RosterRequest, load_roster
from etl.loading.session import open_session
from etl.protecting.cells import read_known
from etl.protecting.family import read_family
from etl.protecting.layout import WHOLE, Cell, Layout
from etl.protecting.measures import measures, name_of
from stats.protecting.attack import attack
from stats.protecting.release import BOUNDLESS, Release, narrowed
from tests.etl.files import CASE_HEADER, HEADER, case, nip, person, write_csv

K = 5
OFFICES = (
    "Pemkab Kutai Timur",
    "Pemkot Samarinda",
    "Pemkot Bontang",
    "Pemkab Paser",
    "Pemkot Tarakan",
    "Pemkab Nunukan",
)


class Published(NamedTuple):
    """All that an attacker reads: the layout that public facts make, and what the rows of the table tell of its cells."""

    layout: Layout
    told: Release
    states: tuple[str, ...]

    @property
    def cells(self):
        return self.layout.cells

    def place(self, *cell):
        return self.cells.index(Cell(*cell))


def published(folder):
    """The protected table and public facts of the build, never a table with a row for a person."""
    with duckdb.connect(str(folder.build / current(folder.build).file), read_only=True) as con:
        rows = con.execute(
            "SELECT level, place_code, period, measure, state, persons FROM open_cell"
        ).fetchall()
        registers = con.execute("SELECT province_code, first_on FROM open_register").fetchall()
        as_of = con.execute("SELECT as_of FROM core_build").fetchone()[0]
        elections = sorted({row[2] for row in rows} - {WHOLE})
        first = registers[0][1] if registers else None
        known = read_known(con, (elections, {code for code, _ in registers}), (first, as_of))
    layout, told = Layout(known), {Cell(*row[:4]): row[4:] for row in rows}
    assert told.keys() == {cell for cell, shown in zip(layout.cells, layout.shown, strict=True) if shown}
    every = [told.get(cell, ("withheld", None)) for cell in layout.cells]
    lower = np.array([persons or 0 for _, persons in every], dtype=np.int64)
    most = {"few": K - 1, "withheld": BOUNDLESS}
    upper = np.array([persons if state == "published" else most[state] for state, persons in every])
    return Published(layout, Release(lower, upper), tuple(state for state, _ in every))


def secret(folder):
    """The persons of every government in every election, and of every agency, which no attacker has."""
    with duckdb.connect(str(folder.build / current(folder.build).file), read_only=True) as con:
        homes = con.execute(
            "SELECT government_code, election_code, count(*) FROM mart_case GROUP BY ALL"
        ).fetchall()
        offices = con.execute("SELECT agency_id, count(*) FROM mart_case GROUP BY ALL").fetchall()
    return {(home, election): n for home, election, n in homes}, dict(offices)


def load(room, tmp_path, *rows):
    session = open_session(room)
    load_cases(session, CasesRequest(write_csv(tmp_path / "k.csv", [CASE_HEADER, *rows]), "Bawaslu Kaltim"))
    session.close()
    build(room)


def register(counts):
    """A register with so many cases of every office."""
    places = [office for office, count in zip(OFFICES, counts, strict=True) for _ in range(count)]
    return [case(**{"Nomor Register": f"{n}/LP/2024", "Instansi": place}) for n, place in enumerate(places)]


def test_nothing_small_can_be_recovered_from_a_built_warehouse(room, tmp_path):
    load(room, tmp_path, *register((7, 1, 2, 9, 1, 6)))
    shown, (homes, offices) = published(room), secret(room)
    small = [key for key, n in homes.items() if 0 < n < K]
    places = [
        shown.place("government", home, period, "persons")
        for home, election in small
        for period in (election, WHOLE)
    ]
    places += [
        shown.place("agency", office, WHOLE, "persons") for office, n in offices.items() if office and n < K
    ]
    targets = np.zeros(len(shown.cells), dtype=np.bool_)
    targets[places] = True
    assert len(small) >= 3 and len(places) > 2 * len(small)
    reached = attack(shown.layout.system, shown.told, targets)
    assert shown.told.unknown[places].all()
    assert (reached.least[places] <= 1).all() and (reached.most[places] >= K - 1).all()
    # What is published is true.
    whole = shown.place("kalimantan", "kalimantan", WHOLE, "persons")
    assert shown.told.lower[whole] <= sum(homes.values()) <= shown.told.upper[whole]


def test_bounds_are_what_follows_from_the_published_rows(room, tmp_path):
    """They hold the true counts, and a reader who has nothing but the table finds the same."""
    load(room, tmp_path, *register((7, 1, 2, 9, 1, 6)))
    shown, truth = published(room), {}
    for (home, _), n in secret(room)[0].items():
        truth[home] = truth.get(home, 0) + n
    with duckdb.connect(str(room.build / current(room.build).file), read_only=True) as con:
        rows = con.execute("SELECT level, place_code, period, measure, least, most FROM open_cell").fetchall()
    bounds = {Cell(*row[:4]): row[4:] for row in rows}
    own = narrowed(shown.layout.system, shown.told)
    for cell, is_shown, least, most in zip(
        shown.cells, shown.layout.shown, own.lower, own.upper, strict=True
    ):
        if is_shown:
            assert bounds[cell] == (least, most if most < BOUNDLESS // 2 else None)
        if cell.level == "government" and cell.period == WHOLE and cell.measure == "persons":
            assert least <= truth.get(cell.place, 0) <= most


def test_a_province_and_an_election_that_are_listed_have_a_case(room, tmp_path):
    """Everybody knows it, so the attack does, and the table says it."""
    load(room, tmp_path, *register((0, 1, 0, 0, 1, 0)))
    with duckdb.connect(str(room.build / current(room.build).file), read_only=True) as con:
        listed = con.execute(
            """SELECT state, least FROM open_cell WHERE measure = 'persons'
            AND (level = 'province' AND period = 'whole' OR level = 'kalimantan' AND period <> 'whole')"""
        ).fetchall()
    assert ("few", 1) in listed and all(least >= 1 for _, least in listed)


def test_registers_are_told_of_by_year_and_month(room, tmp_path):
    load(room, tmp_path, *register((7, 1, 2, 9, 1, 6)))
    with duckdb.connect(str(room.build / current(room.build).file), read_only=True) as con:
        rows = con.execute("SELECT * FROM open_register ORDER BY ALL").fetchall()
        first = con.execute("SELECT min(event_on) FROM mart_case").fetchone()[0]
        as_of = con.execute("SELECT as_of FROM core_build").fetchone()[0]
        homes = con.execute("SELECT DISTINCT province_code FROM mart_case ORDER BY 1").fetchall()
    assert [row[0] for row in rows] == [code for (code,) in homes]
    assert {row[2] for row in rows} == {first.replace(month=1, day=1)}
    assert all(row[3].day == 1 and first <= row[3] <= as_of for row in rows)


def test_a_planted_weakness_in_the_table_is_found(room, tmp_path):
    """The same table with one guard published: the attack recovers what it guarded."""
    load(room, tmp_path, *register((7, 1, 0, 9, 0, 0)))
    shown, truth = published(room), {home: n for (home, _), n in secret(room)[0].items()}
    small = shown.place("government", "6472", WHOLE, "persons")
    assert truth["6472"] == 1
    lower, upper = shown.told.lower.copy(), shown.told.upper.copy()
    for place, cell in enumerate(shown.cells):
        if place != small and cell.measure == "persons" and cell.period == WHOLE and cell.level != "agency":
            known = truth.get(cell.place, 0) if cell.level == "government" else sum(truth.values())
            lower[place] = upper[place] = known
    reached = attack(shown.layout.system, Release(lower, upper), np.arange(len(lower)) == small)
    assert (reached.least[small], reached.most[small]) == (1, 1)


def test_the_same_counts_are_protected_in_the_same_way_in_the_next_build(room, tmp_path):
    """Two patterns for the same counts would give away in one what the other withholds."""
    load(room, tmp_path, *register((7, 1, 2, 9, 1, 6)))
    before = published(room)
    session = open_session(room)
    roster = write_csv(tmp_path / "r.csv", [HEADER, person(nip(91)), person(nip(92))])
    load_roster(session, RosterRequest(roster, "6402", date(2023, 6, 30)))
    session.close()
    _, is_new = build(room)
    after = published(room)
    states = dict(zip(after.cells, after.states, strict=True))
    earlier = dict(zip(before.cells, before.states, strict=True))
    # A roster more is another coverage; and it names an agency, whose zero is published.
    changed = {cell for cell in earlier.keys() | states.keys() if earlier.get(cell) != states.get(cell)}
    assert is_new and {cell.level for cell in changed if "is_covered" not in cell.measure} == {"agency"}
    assert {states[cell] for cell in changed if cell.level == "agency"} == {"published"}


def test_without_a_register_nothing_is_published_as_zero(room):
    build(room)
    assert published(room).cells == ()


def test_measures_are_named_by_their_conditions_and_add_up():
    detail = measures(read_family(), "detail")
    assert name_of({}) == "persons" and "is_decided=true&is_recommended=false" in detail.conditions
    assert (
        "persons",
        ("employment_type=PNS", "employment_type=PPPK", "employment_type=unknown"),
    ) in detail.sums
    assert all(part in detail.names for _, parts in detail.sums for part in parts)
    assert measures(read_family(), "base").sums == ()
    # Persons stand at many steps, so that a step's parts add up to it, and the steps to nothing but steps.
    assert (
        "stage=review",
        tuple(f"part={part}&stage=review" for part in read_family().values["part"]),
    ) in detail.sums
    assert not any(
        whole == "persons" and all(part.startswith("part=") for part in parts) for whole, parts in detail.sums
    )
    assert ("persons", ("stage=intake",)) in detail.sums


def test_a_wrong_definition_names_file_and_key(tmp_path):
    path = tmp_path / "protection.yml"
    path.write_text("bases: {}\nparts: {}\n", encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"protection.yml \[bases\]"):
        read_family(path)
