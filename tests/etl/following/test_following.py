"""Curves, bodies and election clock of a build: only under their rule, and then as the persons say."""

import duckdb
import pytest

from etl.building.publish import current
from etl.following.waits import RESTS_ON, Curves, below
from stats.waiting.rounding import told
from stats.waiting.waits import MARKS, wait
from tests.etl.following.registers import built, rows

K = 5


@pytest.fixture(scope="module")
def con(tmp_path_factory):
    """A build of 260 persons."""
    from settings import Settings

    folder = tmp_path_factory.mktemp("following")
    room = Settings(data=folder / "data", key_file=folder / "keys" / "pseudonym.key")
    built(room, folder, *rows(4, 260))
    with duckdb.connect(str(room.build / current(room.build).file), read_only=True) as opened:
        yield opened


def asked(con, sql, *values):
    found = con.execute(sql, list(values))
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def known(con, place):
    """The measures that are published of a place for all elections together."""
    sql = "SELECT measure FROM open_cell WHERE place_code = ? AND period = 'whole' AND state = 'published'"
    return {row["measure"] for row in asked(con, sql, place)}


def persons(con, place, stage):
    """(state, days, persons) of a place at a stage, counted anew."""
    sql = """SELECT state, days, count(*) AS persons FROM mart_followup
        WHERE stage = ? AND (? = 'kalimantan' OR province_code = ?) GROUP BY ALL"""
    return asked(con, sql, stage, place, place)


def test_a_curve_stands_only_where_its_base_is_published_and_no_end_is_small(con):
    curves = asked(con, "SELECT * FROM open_wait WHERE body = 'all'")
    there = {(row["place_code"], row["stage"]) for row in curves}
    for place in ("kalimantan", "61", "62", "63", "64", "65"):
        measures = known(con, place)
        for stage, base in RESTS_ON.items():
            own = persons(con, place, stage)
            ends = {
                end: sum(row["persons"] for row in own if row["state"] in states)
                for end, states in {
                    "reached": ["done"], "ended": ["ended"], "open": ["open"],
                    "undated": ["undated_start", "undated_end", "out_of_order"],
                }.items()
            }  # fmt: skip
            may = set(base) <= measures and not any(0 < n < K for n in ends.values())
            assert ((place, stage) in there) == may, (place, stage)
    assert there, "some curve is published"


def test_a_published_curve_is_that_of_its_persons_in_whole_percent(con):
    for row in asked(con, "SELECT * FROM open_wait WHERE body = 'all'"):
        place, stage = row["place_code"], row["stage"]
        found = wait(stage, persons(con, place, stage), K)
        key = "place_code = ? AND stage = ? AND body = 'all'"
        steps = asked(con, f"SELECT * FROM open_wait_step WHERE {key} ORDER BY step_number", place, stage)
        assert [step["day"] for step in steps] == found.steps["day"].astype(int).tolist()
        assert [step["share"] for step in steps] == [round(share, 2) for share in found.steps["share"]]
        everybody = sum(own["persons"] for own in persons(con, place, stage))
        assert row["subjects"] == (found.subjects if found.left_out else everybody)
        assert row["median"] == found.median


def test_a_row_of_the_table_below_a_curve_holds_no_small_count(con):
    kept = asked(con, "SELECT * FROM open_wait_risk WHERE body = 'all'")
    there = {(row["place_code"], row["stage"], row["day"]): row for row in kept}
    for row in asked(con, "SELECT place_code, stage FROM open_wait WHERE body = 'all'"):
        place, stage = row["place_code"], row["stage"]
        own = persons(con, place, stage)
        for mark in MARKS:
            counts = {
                "waiting": sum(r["persons"] for r in own if r["days"] is not None and r["days"] >= mark),
                **{
                    name: sum(r["persons"] for r in own if r["state"] == state and r["days"] < mark)
                    for name, state in {"reached": "done", "ended": "ended", "followed": "open"}.items()
                },
            }
            line = there[place, stage, mark]
            is_told = set(below(stage)) <= known(con, place) and not any(0 < n < K for n in counts.values())
            assert {name: line[name] for name in counts} == {
                name: told(n, K) if is_told else None for name, n in counts.items()
            }


def test_bodies_are_compared_only_where_neither_has_a_small_end():
    decided = [
        {"stage": "decision", "body": body, "state": "done", "days": 20 + 3 * n, "persons": 1}
        for body in ("kasn", "bkn")
        for n in range(30)
    ]
    measures = set(RESTS_ON["decision"])

    def compared(*more):
        curves = Curves(K)
        curves.add("64", [*decided, *more], measures)
        return curves

    alike = compared()
    (line,) = alike.bodies
    assert line["p"] > 0.9 and line["unknown"] == 0
    assert {row["body"] for row in alike.waits} == {"all", "kasn", "bkn"}
    few = {"stage": "decision", "body": "bkn", "state": "open", "days": 400, "persons": 4}
    many = {"stage": "decision", "body": "kasn", "state": "open", "days": 400, "persons": 20}
    assert [row["body"] for row in compared(few, many).waits] == ["all"]
    assert not compared(few, many).bodies
    assert [row["body"] for row in compared(few | {"body": "unknown"}, many).waits] == ["all"]


def test_the_election_clock_counts_everybody_and_only_where_the_total_is_published(con):
    whole = {
        row["period"]: row["persons"]
        for row in asked(
            con,
            "SELECT period, persons FROM open_cell WHERE level = 'kalimantan' AND measure = 'persons' AND state = 'published'",
        )
    }
    codes = {row["election_code"] for row in asked(con, "SELECT DISTINCT election_code FROM open_clock_step")}
    assert codes and codes <= whole.keys()
    for code in codes:
        steps = asked(
            con, "SELECT day, persons FROM open_clock_step WHERE election_code = ? ORDER BY day", code
        )
        assert steps[-1]["persons"] == whole[code]
        for step in steps:
            sql = """SELECT count(*) AS n FROM mart_case c JOIN core_election e USING (election_code)
                WHERE election_code = ? AND c.event_on - e.voting_on <= ?"""
            assert step["persons"] == asked(con, sql, code, step["day"])[0]["n"]
        phases = asked(con, "SELECT * FROM open_clock_phase WHERE election_code = ?", code)
        for row in phases:
            sql = "SELECT count(*) AS n FROM mart_case WHERE election_code = ? AND phase = ?"
            n = asked(con, sql, code, row["phase"])[0]["n"]
            assert row["least"] <= n <= row["most"]
            assert row["state"] != "published" or row["least"] == row["most"] == n
            assert not 0 < n < K or row["most"] >= K - 1


def test_without_a_register_nothing_is_laid_out(room):
    from etl.building.build import build

    build(room)
    with duckdb.connect(str(room.build / current(room.build).file), read_only=True) as opened:
        for table in (
            "open_wait",
            "open_wait_step",
            "open_wait_risk",
            "open_bodies",
            "open_clock_phase",
            "open_clock_step",
        ):
            assert opened.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
