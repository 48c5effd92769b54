"""Asking: every metric of the catalogue against the same count over the persons, in pandas and in DuckDB."""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable
from dataclasses import dataclass

from bench.clock import median_seconds, seconds
from bench.person_rows import Counter, in_duckdb, in_pandas
from bench.report import Row, Section
from bench.world import World
from metrics import scope
from metrics.answer import answer
from metrics.definition import Definition, definitions
from settings import Settings
from warehouse.connection import open_warehouse
from warehouse.selection import Selection

OPENINGS = 5
TIMES = 9
EVERYTHING = Selection()


@dataclass(frozen=True)
class Asked:
    """Seconds one metric takes: asked for the first time, asked again, and counted over persons."""

    first: float
    again: float
    pandas: float
    duckdb: float


def measure(world: World) -> Section:
    """Asks for all metrics by government, at national scale, with the facts of the scope already read."""
    chosen = world.settings
    opened = open_warehouse(chosen)
    assert opened.path is not None, "the bench built a file"
    opened.close()
    pandas = in_pandas(chosen, opened.path)
    duckdb = in_duckdb(chosen, opened.path, world.root / "persons.duckdb")
    rows: list[Row] = []
    for metric in definitions().values():
        assert pandas.count(metric) == duckdb.count(metric), f"{metric.metric_id}: the counts differ"
        rows += _rows(metric, _asked(chosen, metric, pandas, duckdb), len(pandas.cases))
    rows.append(_facts(chosen))
    duckdb.con.close()
    remark = (
        f"{len(pandas.staff):,} person rows of rosters, {len(pandas.cases):,} persons in cases. `first` is the first "
        "answer of an opened warehouse (expressions built, compiled and run), `again` the same question again; both "
        "with intervals, suppression and frame, which the count over persons does not have. Collector on. The budgets "
        "are stated for 27.65 million person rows: the count over persons grows with them, an answer does not."
    )
    return Section("Asking", tuple(rows), remark)


def _asked(chosen: Settings, metric: Definition, pandas: Counter, duckdb: Counter) -> Asked:
    firsts: list[float] = []
    agains: list[float] = []
    for _ in range(OPENINGS):
        warehouse = open_warehouse(chosen)
        scope.facts(warehouse)
        gc.collect()

        def ask(warehouse: object = warehouse) -> object:
            return answer(warehouse, metric.metric_id, EVERYTHING)  # type: ignore[arg-type]

        firsts.append(seconds(ask))
        agains.append(median_seconds(ask, TIMES))
        warehouse.close()
    return Asked(
        statistics.median(firsts),
        statistics.median(agains),
        median_seconds(lambda: pandas.count(metric), TIMES),
        median_seconds(lambda: duckdb.count(metric), TIMES),
    )


def _rows(metric: Definition, took: Asked, cases: int) -> list[Row]:
    name = metric.metric_id
    if metric.kind != "rate":
        note = f"only {cases:,} case rows on both sides; {took.first * 1e3:.1f} and {took.again * 1e3:.1f} ms"
        return [
            Row(f"{name}, first / pandas", took.first / took.pandas, note=note),
            Row(f"{name}, again / DuckDB", took.again / took.duckdb),
        ]
    return [
        Row(f"{name}, first / pandas", took.first / took.pandas, "", 0.05, 0.02,
            f"{took.first * 1e3:.1f} of {took.pandas * 1e3:.0f} ms"),
        Row(f"{name}, again / pandas", took.again / took.pandas, "", 0.05, 0.02),
        Row(f"{name}, first / DuckDB", took.first / took.duckdb, note=f"of {took.duckdb * 1e3:.1f} ms"),
        Row(f"{name}, again / DuckDB", took.again / took.duckdb, "", 0.15, 0.05, f"{took.again * 1e3:.1f} ms"),
    ]  # fmt: skip


def _facts(chosen: Settings) -> Row:
    def once() -> None:
        warehouse = open_warehouse(chosen)
        scope.facts(warehouse)
        warehouse.close()

    first = Selection(provinces=("64",))
    warehouse = open_warehouse(chosen)
    narrow: Callable[[], object] = lambda: answer(warehouse, "alleged_rate", first)  # noqa: E731
    narrow()
    row = Row(
        "opening a warehouse and its facts / one warm answer",
        median_seconds(once, OPENINGS) / median_seconds(narrow, TIMES),
        note="once per process and build",
    )
    warehouse.close()
    return row
