"""Clocks of builds that follow each other: whoever has kept them all subtracts, and finds no small change."""

import itertools
import shutil
from types import SimpleNamespace

import duckdb
import pytest

from etl.building.build import build
from etl.building.publish import current
from etl.loading.cases import CasesRequest, load_cases
from etl.loading.session import open_session
from etl.protecting import releases
from tests.etl.files import CASE_HEADER, case, write_csv
from tests.etl.following.registers import rows
from tests.etl.following.test_curves_again import betrayed

K = 5
EARLY, BEFORE, CAMPAIGN = ("06", "2024"), ("08", "2024"), ("10", "2024")


def register(*parts):
    """So many persons of a month each, on its first day or the day that is given."""
    found = []
    for many, (month, year), *day in parts:
        for _ in range(many):
            on = {"Tanggal Kejadian": f"{day[0] if day else 1:02d}-{month}-{year}"}
            on |= {"Tanggal Laporan": f"23-{month}-{year}", "Tanggal Registrasi": f"24-{month}-{year}"}
            number = {"Nomor Register": f"{len(found)}/LP/2024", "Instansi": "Pemkab Kutai Timur"}
            found.append(case(**number, **on))
    return found


def put(room, tmp_path, register):
    """Loads the register in the place of the one before, and builds."""
    session = open_session(room)
    load_cases(
        session, CasesRequest(write_csv(tmp_path / "k.csv", [CASE_HEADER, *register]), "Bawaslu Kaltim")
    )
    session.close()
    build(room)
    return clock(room)


def asked(room, sql):
    with duckdb.connect(str(room.build / current(room.build).file), read_only=True) as con:
        return con.execute(sql).fetchall()


def clock(room):
    """Steps and phases as they are told, by election."""
    found = {}
    for code, day, persons in asked(room, "FROM open_clock_step ORDER BY election_code, day"):
        found.setdefault(code, ([], {}))[0].append((day, persons))
    sql = "SELECT election_code, phase, least, most FROM open_clock_phase ORDER BY ALL"
    for code, phase, least, most in asked(room, sql):
        found.setdefault(code, ([], {}))[1][phase] = (least, most)
    return found


def curves(room):
    """The persons of every span of waiting, and the curves of all of them as they are told."""
    found = {}
    tables = {name: told_rows(room, f"open_{name}") for name in ("wait", "wait_step", "wait_risk")}
    for stage in ("to_forwarded", "to_recommended", "to_decided"):
        sql = f"SELECT province_code, 'all', state, days FROM mart_followup WHERE stage = '{stage}' AND days IS NOT NULL"
        lines = [
            [row for row in table if row["stage"] == stage and row["body"] == "all"]
            for table in tables.values()
        ]
        found[stage] = asked(room, sql), SimpleNamespace(waits=lines[0], steps=lines[1], risk=lines[2])
    return found


def told_rows(room, table):
    names = [name for name, *_ in asked(room, f"DESCRIBE {table}")]
    return [dict(zip(names, row, strict=True)) for row in asked(room, f"FROM {table} ORDER BY ALL")]


def kept(room):
    return sorted(path.name for path in releases.folder(room).iterdir())


def is_small(change):
    return 0 < abs(change) < K


def subtracted(before, now):
    """Days between which, and phases of which, the telling of both builds says that 1 to K-1 persons more or less are there."""
    (steps, phases), (older, were) = now, before
    ends = [-10_000, *(day for day, _ in steps[:-1]), 10_000]

    def up_to(told, day):
        return max((persons for at, persons in told if at <= day), default=0)

    assert len(older) < 2 or {day for day, _ in steps[:-1]} <= {day for day, _ in older}
    found = [
        span
        for span in itertools.combinations(ends, 2)
        if is_small(
            up_to(steps, span[1]) - up_to(steps, span[0]) - up_to(older, span[1]) + up_to(older, span[0])
        )
    ]
    if not steps or not older:
        # One of them tells nothing of days.
        found = []
    exact = [
        phase for phase in phases if phases[phase][0] == phases[phase][1] and were[phase][0] == were[phase][1]
    ]
    return found + [phase for phase in exact if is_small(phases[phase][0] - were[phase][0])]


def test_one_person_more_in_a_phase_is_not_told_by_the_clock(room, tmp_path, on_facts):
    first = put(room, tmp_path, register((10, BEFORE), (20, CAMPAIGN)))
    (steps, phases) = first["PILKADA2024"]
    assert [persons for _, persons in steps] == [10, 30] and phases["before_candidates_set"] == (10, 10)
    # Seven more in all: the table of cells tells the new total, and neither the one nor the six.
    steps, phases = put(room, tmp_path, register((11, BEFORE), (26, CAMPAIGN)))["PILKADA2024"]
    assert steps == [] and phases["before_candidates_set"] == (10, 14) and phases["campaign"] == (23, 27)
    sql = "SELECT persons FROM open_cell WHERE level = 'kalimantan' AND period = 'PILKADA2024' AND measure = 'persons'"
    assert asked(room, sql) == [(37,)]


def test_days_that_hold_it_are_told_and_a_phase_becomes_a_range(room, tmp_path, on_facts):
    first = put(room, tmp_path, register((10, EARLY), (10, BEFORE), (20, CAMPAIGN)))["PILKADA2024"]
    after = put(room, tmp_path, register((10, EARLY), (11, BEFORE), (26, CAMPAIGN)))["PILKADA2024"]
    assert len(first[0]) == 3 and first[1]["before_candidates_set"] == (20, 20)
    assert [persons for _, persons in after[0]] == [10, 47]
    assert after[1]["before_candidates_set"] == (20, 24) and after[1]["campaign"] == (23, 27)
    assert not subtracted(first, after)


def test_a_corrected_date_alone_makes_a_release_and_shows_nowhere(room, tmp_path, on_facts):
    """All cells stay what they were."""
    first = put(room, tmp_path, register((10, EARLY), (10, BEFORE), (20, CAMPAIGN)))["PILKADA2024"]
    cells = asked(room, "FROM open_cell ORDER BY ALL")
    corrected = register((9, EARLY), (1, EARLY, 20), (10, BEFORE), (20, CAMPAIGN))
    after = put(room, tmp_path, corrected)["PILKADA2024"]
    content = current(room.build).content_hash
    assert asked(room, "FROM open_cell ORDER BY ALL") == cells
    assert len(first[0]) == 3 and [persons for _, persons in after[0]] == [20, 40]
    assert not subtracted(first, after)
    assert kept(room) == ["release-000001.npz", "release-000002.npz"]
    # The same sources after the same releases, and once more from nothing.
    assert build(room)[1] is False
    shutil.rmtree(room.build)
    assert build(room)[0].content_hash == content and len(kept(room)) == 2
    # The day that was corrected is as little told when it is corrected back and one more has come.
    third = put(room, tmp_path, register((11, EARLY), (10, BEFORE), (26, CAMPAIGN)))
    assert not third or not any(subtracted(one, third["PILKADA2024"]) for one in (first, after))


def test_a_build_that_ended_before_it_was_published_is_made_again_the_same(
    room, tmp_path, on_facts, monkeypatch
):
    put(room, tmp_path, register((10, EARLY), (10, BEFORE), (20, CAMPAIGN)))
    with monkeypatch.context() as patched, pytest.raises(InterruptedError):
        patched.setattr("etl.building.build.swap_in", _interrupted)
        put(room, tmp_path, register((9, EARLY), (1, EARLY, 20), (10, BEFORE), (20, CAMPAIGN)))
    assert len(kept(room)) == 2
    lost = (releases.folder(room) / "release-000002.npz").read_bytes()
    assert build(room)[1] is True
    assert len(kept(room)) == 2
    assert (releases.folder(room) / "release-000002.npz").read_bytes() == lost


def _interrupted(*_):
    raise InterruptedError


def test_who_leaves_and_comes_back_with_one_more_is_held_against_both(room, tmp_path, on_facts):
    whole = register((10, EARLY), (10, BEFORE), (20, CAMPAIGN))
    first = put(room, tmp_path, whole)["PILKADA2024"]
    second = put(room, tmp_path, register((10, EARLY), (20, CAMPAIGN)))["PILKADA2024"]
    assert [persons for _, persons in second[0]] == [10, 30]
    # Eleven more than in the build before, yet one more than in the first.
    third = put(room, tmp_path, register((10, EARLY), (11, BEFORE), (26, CAMPAIGN))).get("PILKADA2024")
    assert third is None or not any(subtracted(one, third) for one in (first, second))
    # The same persons as at first are told as at first.
    assert put(room, tmp_path, whole).get("PILKADA2024", first) == first


@pytest.mark.parametrize("seed", [1, 2])
def test_registers_that_grow_by_lot_are_never_subtracted_to_a_few(room, tmp_path, on_facts, seed):
    lot, told, waited = rows(seed, 330), [], []
    for many in (240, 300, 330):
        told.append(put(room, tmp_path, lot[:many]))
        waited.append(curves(room))
    assert told[0]
    for before, now in itertools.combinations(told, 2):
        for code in now.keys() & before.keys():
            assert not subtracted(before[code], now[code])
    assert waited[0]["to_forwarded"][1].waits
    for stage in waited[0]:
        registers, lines = zip(*(one[stage] for one in waited), strict=True)
        assert not betrayed(registers, lines)
