"""Releases one after the other: whoever has kept them all can pin down no small count, and no small change."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from functools import cache

import duckdb
import numpy as np
import pytest

from errors import StorageError
from etl.building.build import build
from etl.building.publish import current, rollback
from etl.protecting import releases
from etl.protecting.layout import WHOLE, Cell
from etl.protecting.succeeding import is_same, protected_after, protected_alone, with_before, with_older
from stats.protecting import detours
from stats.protecting.attack import attack
from stats.protecting.release import BOUNDLESS, PUBLISHED, Release, System, narrowed
from stats.protecting.succession import pinned_down
from tests.etl.protecting.persons import GOVERNMENTS, cells, decided, many, one
from tests.etl.protecting.test_open_cells import load, published, register
from tests.etl.protecting.test_planted import ALL_BUT, CROWD

K = 5
ALL = Cell("kalimantan", "kalimantan", WHOLE, "persons")


def attacked(before, now, told, k=K):
    """Small counts of both releases and small changes, and those that both releases together pin down further than they may."""
    return pinned_down(with_before(before, now, k), seen(now, told), k)


def attacked_by_three(older, before, now, told):
    """The same by whoever has kept one more of the releases before."""
    return pinned_down(with_older(older, before, now, with_before(before, now, K), K), seen(now, told), K)


def seen(now, told):
    """What readers are told of the cells that stand in a table."""
    known = told.earlier.known
    return Release(np.where(now.shown, known.lower, 0), np.where(now.shown, known.upper, BOUNDLESS))


def in_a_row(*releases_of, is_forgetful=False):
    """What is told of each, after those before it, or only after the last one."""
    told = []
    for now in releases_of:
        older = () if is_forgetful else tuple(reversed(told[:-1]))
        told.append(protected_after(told[-1], now, K, older) if told else protected_alone(now, K))
    return told


PLANTED = {
    "a count that passes the threshold tells what it was": [one("6401", "badan")] * 2,
    "one more person, decided": [decided("6472")],
    "three more, of whom one has another employment": [
        one("6401"),
        one("6401"),
        one("6402", employment_type="PPPK"),
    ],
}


@pytest.mark.parametrize("weakness", PLANTED)
def test_releases_that_know_nothing_of_each_other_betray_what_has_changed(weakness):
    before, now = (
        cells(CROWD + [one("6401", "badan")] * 4),
        cells(CROWD + [one("6401", "badan")] * 4 + PLANTED[weakness]),
    )
    first, alone = protected_alone(before, K), protected_alone(now, K)
    targets, narrow = attacked(first, now, alone)
    assert targets.any() and narrow.any()
    after = protected_after(first, now, K)
    assert not attacked(first, now, after)[1].any()
    # Something is left to read, and what is told is true.
    assert ((after.states == PUBLISHED) & now.shown & (now.counts > 0)).any()
    known = after.earlier.known
    assert (known.lower <= now.counts).all() and (now.counts <= known.upper).all()


@pytest.mark.parametrize("seed", [1, 2])
def test_random_persons_who_come_and_go_are_guarded(seed):
    rows = many(seed, 70)
    before, now = cells(rows[:60]), cells(rows[4:])
    first = protected_alone(before, K)
    after = protected_after(first, now, K)
    targets, narrow = attacked(first, now, after)
    assert targets.any() and not narrow.any()


def gone_and_back():
    """Everything; without one government; everything again, and one more person, who was decided."""
    rows = CROWD + [one("6401", "badan")] * 6
    gone = [row for row in rows if row["government_code"] != "6402"]
    return cells(rows), cells(gone), cells([*rows, decided("6472")])


def small_changes_told(first, last):
    """How many cells both releases tell exactly although they have changed by less than the threshold."""
    was = {cell: place for place, cell in enumerate(first.cells)}
    pairs = [
        (was[cell], place)
        for place, cell in enumerate(last.cells)
        if cell in was and " beyond " not in cell.measure
    ]
    a, b = np.array(pairs).T
    told = (first.states[a] == PUBLISHED) & (last.states[b] == PUBLISHED)
    change = np.abs(last.earlier.counts[b] - first.earlier.counts[a])
    return int((told & (change > 0) & (change < K)).sum())


def test_what_goes_and_comes_back_is_held_against_every_number_that_was_ever_told():
    (_, middle, last), told = chain("gone and back")
    assert small_changes_told(told[0], told[2]) == 0
    # Whoever remembers the last number only, forgets what readers have kept.
    forgotten = replace(
        told[1], numbers={cell: some[-1:] for cell, some in in_a_row(middle)[0].numbers.items()}
    )
    assert small_changes_told(told[0], protected_after(forgotten, last, K)) > 0


def grown(seed, *steps):
    """Releases of a register that has more persons each time, by chance."""
    rows = many(seed, 90)
    ends = [60 + sum(steps[:n]) for n in range(len(steps) + 1)]
    return [cells(rows[:end] + rows[90:]) for end in ends]


@cache
def chain(name):
    """Releases in a row, and what is told of each."""
    rounds = grown(2, 1, 1, 1) if name == "grown" else gone_and_back()
    return rounds, in_a_row(*rounds)


@pytest.mark.parametrize("name", ["grown", "gone and back"])
def test_no_two_releases_and_no_third_with_the_one_before_pin_anything_down(name):
    (releases_of, told), tried = chain(name), 0
    for at, now in enumerate(releases_of):
        for before in told[:at]:
            targets, narrow = attacked(before, now, told[at])
            assert not narrow.any()
            tried += int(targets.sum())
        for older in told[: max(at - 1, 0)]:
            assert not attacked_by_three(older, told[at - 1], now, told[at])[1].any()
    assert tried > 100


def test_the_attack_on_releases_further_apart_finds_what_a_forgetful_chain_betrays():
    rounds, remembered = chain("grown")
    told = in_a_row(*rounds[:3], is_forgetful=True)
    assert attacked(told[0], rounds[2], told[2])[1].any()
    assert not attacked(told[0], rounds[2], remembered[2])[1].any()


def test_a_roster_that_becomes_usable_tells_nobody_who_stands_on_it():
    young = {"age_band": "under_30", "position_class": "pelaksana"}
    rows = (
        CROWD
        + [decided(home, **young) for home in ("64", "6401") for _ in range(8)]
        + [decided("6402", **young)]
    )
    before, after = (cells(rows, frozenset(covered)) for covered in (ALL_BUT, GOVERNMENTS))
    told = in_a_row(before, after)
    assert small_changes_told(*told) == 0 and not attacked(told[0], after, told[1])[1].any()


@pytest.mark.parametrize(("first", "then"), [(3, 10), (5, 6), (10, 3)])
def test_another_threshold_is_no_reason_to_stop(first, then):
    """What was told at the lower one cannot be taken back; everything else is guarded by the higher one."""
    rows = many(1, 60)
    before = protected_alone(cells(rows[:58] + rows[60:]), first)
    now = cells(rows)
    told = protected_after(before, now, then)
    known = told.earlier.known
    assert told.k == then and (known.lower <= now.counts).all() and (now.counts <= known.upper).all()
    changed = [
        cell
        for cell, some in before.numbers.items()
        if cell in now.cells and 0 < abs(now.counts[now.cells.index(cell)] - some[0]) < then
    ]
    assert changed
    for cell in changed:
        if " beyond " not in cell.measure:
            assert told.states[now.cells.index(cell)] != PUBLISHED


def test_a_change_of_less_than_the_threshold_is_told_as_a_range_until_it_has_grown():
    """From the number that was told last, whatever lies between."""
    told, place = [], None
    for more in (0, 1, 2, 3, 6):
        now = cells(CROWD + [one("6472", "badan")] * 6 + [one("6401")] * more)
        told.append(protected_after(told[-1], now, K) if told else protected_alone(now, K))
        place = now.cells.index(ALL)
    ranges = [(one.earlier.known.lower[place], one.earlier.known.upper[place]) for one in told]
    start = len(CROWD) + 6
    assert ranges == [(start, start), *[(start, start + K - 1)] * 3, (start + 6, start + 6)]


def test_in_a_large_system_what_no_whole_detour_guards_is_withheld_by_what_corners_touch(monkeypatch):
    touched = []
    withhold = detours.Worlds.withhold

    def noted(worlds, marked, whole):
        touched.append(int(marked.sum()))
        withhold(worlds, marked, whole)

    monkeypatch.setattr(detours, "_LARGE", 0)
    monkeypatch.setattr(detours.Worlds, "withhold", noted)
    rounds = [cells(CROWD + [one("6472", "badan")] * 6 + [one("6401")] * more) for more in (0, 1, 2)]
    told = in_a_row(*rounds)
    assert any(touched)
    assert not attacked(told[0], rounds[2], told[2])[1].any()
    assert not attacked(told[1], rounds[2], told[2])[1].any()
    known = told[2].earlier.known
    assert (known.lower <= rounds[2].counts).all() and (rounds[2].counts <= known.upper).all()


def test_the_same_counts_are_told_in_the_same_way():
    now = cells(many(3, 60))
    first = protected_alone(now, K)
    assert is_same(now, first, K) and not is_same(now, first, K + 1)
    assert not is_same(cells(many(3, 61)), first, K)
    assert not is_same(cells(many(3, 60), frozenset()), first, K)


def rows_of(settings):
    with duckdb.connect(str(settings.build / current(settings.build).file), read_only=True) as con:
        return con.execute("FROM open_cell ORDER BY ALL").fetchall()


def test_builds_follow_each_other(room, tmp_path):
    """The release is kept before anybody reads it, and the same sources after the same releases make the same warehouse."""
    load(room, tmp_path, *register((7, 1, 2, 9, 1, 6)))
    first, told = current(room.build).content_hash, rows_of(room)
    assert [path.name for path in releases.folder(room).iterdir()] == ["release-000001.npz"]
    assert all(
        (path.stat().st_mode & 0o077) == 0
        for path in [releases.folder(room), *releases.folder(room).iterdir()]
    )
    assert build(room)[1] is False
    load(room, tmp_path, *register((7, 1, 2, 9, 2, 6)))
    second = current(room.build).content_hash
    assert second != first and rows_of(room) != told
    whole = next(row for row in rows_of(room) if row[:4] == ALL)
    assert whole[4:] == ("withheld", None, 26, 30)
    # Made from nothing, after the same release.
    shutil.rmtree(room.build)
    assert build(room)[0].content_hash == second and len(list(releases.folder(room).iterdir())) == 2
    # A way back takes nothing back that was told.
    load(room, tmp_path, *register((7, 1, 2, 9, 3, 6)))
    rollback(room.build)
    assert len(list(releases.folder(room).iterdir())) == 3


def test_a_register_that_goes_and_comes_back_is_remembered(room, tmp_path):
    load(room, tmp_path, *register((7, 1, 2, 9, 1, 6)))
    kept = {path: path.read_text("utf-8") for path in room.sources.glob("*.yml")}
    for path in kept:
        path.unlink()
    build(room)
    assert rows_of(room) == []
    load(room, tmp_path, *register((7, 1, 2, 9, 2, 6)))
    whole = next(row for row in rows_of(room) if row[:4] == ALL)
    assert whole[4:] == ("withheld", None, 26, 30)


def test_every_release_before_is_read_and_none_may_be_missing(room, tmp_path):
    for more in (1, 2, 3):
        load(room, tmp_path, *register((7, 1, 2, 9, more, 6)))
    last = rows_of(room)
    latest = releases.released_before(room, "other sources")
    chain = list(releases.older(room, latest))
    assert [latest.before, chain[0].before, chain[1].before] == [chain[0].hash, chain[1].hash, ""]
    (releases.folder(room) / "release-000001.npz").rename(tmp_path / "elsewhere.npz")
    with pytest.raises(StorageError, match=r"release-000001\.npz: tidak ada"):
        load(room, tmp_path, *register((7, 1, 2, 9, 4, 6)))
    assert rows_of(room) == last
    (tmp_path / "elsewhere.npz").rename(releases.folder(room) / "release-000001.npz")
    assert build(room)[1]


def test_a_release_that_cannot_be_read_stops_the_build(room, tmp_path):
    load(room, tmp_path, *register((7, 1, 2, 9, 1, 6)))
    path = releases.folder(room) / "release-000001.npz"
    whole = path.read_bytes()
    bare = io.BytesIO()
    np.save(bare, np.zeros(3))
    for broken in (b"", whole[: len(whole) // 2], b"PK" + bytes(40), bare.getvalue()):
        path.write_bytes(broken)
        with pytest.raises(StorageError) as told:
            build(room)
        assert "release-000001.npz" in str(told.value)
    path.write_bytes(whole)
    assert build(room)[1] is False


def bounds_of(settings, shown):
    """What the rows of the current build tell of the cells of a layout, as least and most."""
    told = {row[:4]: row[6:] for row in rows_of(settings)}
    ends = [told.get(tuple(cell), (0, None)) for cell in shown.cells]
    most = [BOUNDLESS if end is None else end for _, end in ends]
    return np.array([least for least, _ in ends]), np.array(most)


def persons_in(settings):
    """True counts of persons by place, which no attacker has."""
    with duckdb.connect(str(settings.build / current(settings.build).file), read_only=True) as con:
        rows = con.execute(
            "SELECT 'government', government_code, count(*) FROM mart_case GROUP BY ALL UNION ALL "
            "SELECT 'agency', agency_id, count(*) FROM mart_case WHERE agency_id IS NOT NULL GROUP BY ALL"
        ).fetchall()
    return {Cell(level, place, WHOLE, "persons"): n for level, place, n in rows}


def test_published_rows_of_two_builds_betray_no_count_and_no_change(room, tmp_path):
    """Everything from the files of both builds, tied by what anybody may suppose: no count of persons has become less."""
    seen = []
    for counts in ((7, 1, 2, 9, 1, 6), (8, 3, 2, 9, 5, 6)):
        load(room, tmp_path, *register(counts))
        shown = published(room)
        seen.append((shown, bounds_of(room, shown), persons_in(room)))
    (first, (low1, up1), was), (second, (low2, up2), now) = seen
    assert first.cells == second.cells
    many_cells, sums = len(first.cells), []
    for shift, shown in ((0, first), (many_cells, second)):
        rows = shown.layout.system.sums.tocsr()
        for start, end in zip(rows.indptr[:-1], rows.indptr[1:], strict=True):
            signs, places = rows.data[start:end], (rows.indices[start:end] + shift).tolist()
            whole = places[signs.tolist().index(-1)]
            sums.append((whole, [place for place in places if place != whole]))
    # The third block of cells is how many persons came: of base counts, which are those that grow.
    grown = [at for at, cell in enumerate(first.cells) if cell.measure == "persons" or "=PNS" in cell.measure]
    sums += [(many_cells + at, [at, 2 * many_cells + at]) for at in grown]
    zeros = np.zeros(many_cells, dtype=np.int64)
    system = System.of(3 * many_cells, sums)
    told = Release(
        np.concatenate([low1, low2, zeros]), np.concatenate([up1, up2, np.full(many_cells, BOUNDLESS)])
    )
    known = narrowed(system, told)
    for cell, count in now.items():
        at = first.cells.index(cell)
        for place, number in (
            (at, was.get(cell, 0)),
            (many_cells + at, count),
            (2 * many_cells + at, count - was.get(cell, 0)),
        ):
            if 0 < number < K:
                target = np.arange(3 * many_cells) == place
                reached = attack(system, told, target, (1, K - 1))
                assert known.lower[place] <= number <= known.upper[place]
                assert reached.least[place] <= 1, (cell, place // many_cells)
                assert reached.most[place] >= K - 1, (cell, place // many_cells)
