"""The protected table of a warehouse withstands an attacker who has everything that it publishes, and nothing else."""

from __future__ import annotations

import random
from datetime import date

import duckdb
import numpy as np
import pytest

from errors import DefinitionError
from etl.building.build import build
from etl.building.publish import current
from etl.loading.cases import CasesRequest, load_cases
from etl.loading.roster import RosterRequest, load_roster
from etl.loading.session import open_session
from etl.protecting.cells import WHOLE, Cell, Kind, cells_of, system_of
from etl.protecting.family import measures, name_of, read_family
from etl.protecting.making import MAIN
from stats.protecting.attack import attack
from stats.protecting.release import BOUNDLESS, Release, narrowed
from stats.protecting.suppression import PUBLISHED, protect
from tests.etl.files import CASE_HEADER, HEADER, case, nip, person, write_csv

K = 5
GOVERNMENTS = ("64", "6401", "6402", "6408", "6471", "6472", "65", "6501", "6571")
ELECTIONS = {
    "PILKADA2020": True,
    "PEMILU2024": True,
    "PILKADA2024": True,
    "PSU2025-KUKAR": False,
    "none": False,
}
OFFICES = (
    "Pemkab Kutai Timur",
    "Pemkot Samarinda",
    "Pemkot Bontang",
    "Pemkab Paser",
    "Pemkot Tarakan",
    "Pemkab Nunukan",
)


def kinds(seed: int, many: int) -> list[Kind]:
    """Invented persons, most of them in few places, as cases are."""
    dice = random.Random(seed)
    found = []
    for _ in range(many):
        home = dice.choice(GOVERNMENTS[: dice.choice((2, 4, 9))])
        is_recommended, is_decided = dice.choice((("false", "false"), ("true", "false"), ("true", "true")))
        severity = dice.choice(("moral", "light", "medium", "heavy")) if is_recommended == "true" else "none"
        values = {
            "employment_type": dice.choice(("PNS",) * 12 + ("PPPK",)),
            "roster_match": dice.choice(("found", "found", "absent")),
            "category": dice.choice(("discipline", "discipline", "code_of_ethics")),
            "is_recommended": is_recommended,
            "is_decided": is_decided,
            "recommended_severity": severity,
            "imposed_severity": dice.choice((severity, "light")) if is_decided == "true" else "none",
            "comparison": dice.choice(("as_recommended", "lighter")) if is_decided == "true" else "none",
        }
        found.append(Kind(home[:2], home, dice.choice(tuple(ELECTIONS)[: dice.choice((1, 3, 5))]), values, 1))
    return found


def published(folder):
    """The rows of the protected table, and the kinds of the elections: all that an attacker reads."""
    with duckdb.connect(str(folder.build / current(folder.build).file), read_only=True) as con:
        rows = con.execute(
            "SELECT level, place_code, period, measure, state, persons FROM open_cell"
        ).fetchall()
        types = dict(con.execute("SELECT election_code, election_type FROM core_election").fetchall())
        hidden = con.execute(
            "SELECT government_code, election_code, count(*) FROM mart_case GROUP BY ALL"
        ).fetchall()
    cells = [Cell(*row[:4]) for row in rows]
    lower = np.array([row[5] or 0 for row in rows])
    upper = np.array([{"published": row[5], "few": K - 1, "withheld": BOUNDLESS}[row[4]] for row in rows])
    elections = {cell.period: types.get(cell.period) in MAIN for cell in cells if cell.period != WHOLE}
    return cells, Release(lower, upper), elections, hidden


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
    cells, shown, elections, hidden = published(room)
    system = system_of(read_family(), cells, elections)
    reached = attack(system, shown, shown.unknown)
    secret = {(home, election): n for home, election, n in hidden}
    small = [(key, n) for key, n in secret.items() if 0 < n < K]
    assert len(small) >= 3
    for (home, election), _ in small:
        for period in (election, WHOLE):
            place = cells.index(Cell("government", home, period, "persons"))
            assert shown.unknown[place]
            assert reached.least[place] <= 1 and reached.most[place] >= K - 1
    # What is published is true.
    whole = cells.index(Cell("kalimantan", "kalimantan", WHOLE, "persons"))
    assert shown.lower[whole] <= sum(secret.values()) <= shown.upper[whole]


def test_bounds_are_what_follows_from_the_published_rows(room, tmp_path):
    """They hold the true counts, and a reader who has nothing but the table finds the same."""
    load(room, tmp_path, *register((7, 1, 2, 9, 1, 6)))
    cells, shown, elections, _ = published(room)
    with duckdb.connect(str(room.build / current(room.build).file), read_only=True) as con:
        bounds = con.execute("SELECT least, most FROM open_cell").fetchall()
        truth = dict(con.execute("SELECT government_code, count(*) FROM mart_case GROUP BY ALL").fetchall())
    own = narrowed(system_of(read_family(), cells, elections), shown)
    assert [least for least, _ in bounds] == own.lower.tolist()
    assert all(most == bound for (_, most), bound in zip(bounds, own.upper, strict=True) if most is not None)
    assert any(most is None for _, most in bounds) or (own.upper < BOUNDLESS // 2).all()
    for cell, (least, most) in zip(cells, bounds, strict=True):
        if cell.level == "government" and cell.period == WHOLE and cell.measure == "persons":
            assert least <= truth.get(cell.place, 0) <= (BOUNDLESS if most is None else most)


def test_a_province_and_an_election_that_are_listed_have_a_case(room, tmp_path):
    """Everybody knows it, so the attack does, and the table says it."""
    load(room, tmp_path, *register((0, 1, 0, 0, 1, 0)))
    with duckdb.connect(str(room.build / current(room.build).file), read_only=True) as con:
        listed = con.execute(
            """SELECT state, least FROM open_cell WHERE measure = 'persons'
            AND (level = 'province' AND period = 'whole' OR level = 'kalimantan' AND period <> 'whole')"""
        ).fetchall()
    assert ("few", 1) in listed and all(least >= 1 for _, least in listed)


def test_what_is_zero_by_its_meaning_guards_nothing():
    """Whoever is decided has a severity: a zero there that is told as "0 to k-1" would fool only us."""
    found = cells_of(read_family(), kinds(4, 60), GOVERNMENTS, ELECTIONS)
    kept = protect(found.system, found.counts, K, found.worth)
    impossible = np.array([cell.measure == "imposed_severity=none&is_decided=true" for cell in found.cells])
    assert impossible.any() and (kept.states[impossible] == PUBLISHED).all()
    told = {cell: place for place, cell in enumerate(found.cells)}
    for cell, place in told.items():
        if cell.measure == "comparison=none&is_decided=true":
            twin = told[cell._replace(measure="is_decided=true&is_recommended=false")]
            assert kept.states[place] == kept.states[twin], (
                "one count by two names is told once or not at all"
            )


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
    cells, shown, elections, hidden = published(room)
    secret = {("government", home, WHOLE, "persons"): n for home, _, n in hidden}
    small = cells.index(Cell("government", "6472", WHOLE, "persons"))
    assert secret[cells[small]] == 1
    lower, upper = shown.lower.copy(), shown.upper.copy()
    for place, cell in enumerate(cells):
        if place != small and cell.measure == "persons" and cell.period == WHOLE:
            known = {"government": secret.get(cell, 0)}.get(cell.level, sum(secret.values()))
            lower[place] = upper[place] = known
    reached = attack(system_of(read_family(), cells, elections), Release(lower, upper), shown.unknown)
    assert (reached.least[small], reached.most[small]) == (1, 1)


@pytest.mark.parametrize(("k", "seed"), [(3, 1), (5, 2), (10, 3)])
def test_every_threshold_withstands_the_attack(k, seed):
    found = cells_of(read_family(), kinds(seed, 50), GOVERNMENTS, ELECTIONS)
    assert not (found.system.sums @ found.counts).any()
    kept = protect(found.system, found.counts, k, found.worth)
    reached = attack(found.system, kept.release(), kept.targets)
    assert kept.targets.any()
    assert (reached.least[kept.targets] <= 1).all() and (reached.most[kept.targets] >= k - 1).all()
    shown = kept.states == PUBLISHED
    assert (shown & (found.counts > 0)).any(), "something is left to read"


def test_the_same_counts_are_protected_in_the_same_way_in_the_next_build(room, tmp_path):
    """Two patterns for the same counts would give away in one what the other withholds."""
    load(room, tmp_path, *register((7, 1, 2, 9, 1, 6)))
    before = published(room)[:2]
    session = open_session(room)
    roster = write_csv(tmp_path / "r.csv", [HEADER, person(nip(91)), person(nip(92))])
    load_roster(session, RosterRequest(roster, "6402", date(2024, 11, 30)))
    session.close()
    _, is_new = build(room)
    after = published(room)[:2]
    assert is_new and before[0] == after[0]
    assert np.array_equal(before[1].lower, after[1].lower) and np.array_equal(before[1].upper, after[1].upper)


def test_without_a_register_nothing_is_published_as_zero(room):
    build(room)
    assert published(room)[0] == []


def test_measures_are_named_by_their_conditions_and_add_up():
    detail = measures(read_family(), "detail")
    assert name_of({}) == "persons" and "is_decided=true&is_recommended=false" in detail.conditions
    assert (
        "persons",
        ("employment_type=PNS", "employment_type=PPPK", "employment_type=unknown"),
    ) in detail.sums
    assert all(part in detail.conditions for _, parts in detail.sums for part in parts)
    assert measures(read_family(), "base").sums == ()


def test_a_wrong_definition_names_file_and_key(tmp_path):
    path = tmp_path / "protection.yml"
    path.write_text("bases: {}\nparts: {}\nlevels: {}\n", encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"protection.yml \[bases\]"):
        read_family(path)
