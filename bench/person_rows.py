"""The counts behind a metric, made from the persons themselves: once in pandas, once in DuckDB."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_
from pathlib import Path
from typing import Any, Protocol

import duckdb
import pandas as pd

from etl.cards.card import Card, read_cards
from etl.vault.store import open_vault
from metrics.definition import Criteria, Definition
from settings import Settings

CASES = "SELECT * EXCLUDE (event_on) FROM warehouse.mart_case"
STAFF_COLUMNS = ["employment_type", "is_active"]


class Counter(Protocol):
    """Counts a metric by government: persons in cases, and for a rate also the staff of every snapshot."""

    def count(self, metric: Definition) -> tuple[int, int]:
        """Persons in cases that the events or the denominator want, and active staff; both summed to compare."""


@dataclass(frozen=True)
class PandasRows:
    """Staff and cases as frames in memory."""

    staff: pd.DataFrame
    cases: pd.DataFrame

    def count(self, metric: Definition) -> tuple[int, int]:
        """See Counter."""
        cases = self.cases[self._wanted(_counted(metric))]
        persons = cases.groupby("government_code").size()
        if metric.kind != "rate":
            return int(persons.sum()), 0
        heads = self.staff[self.staff["is_active"]].groupby(["government_code", "as_of"]).size()
        return int(persons.sum()), int(heads.sum())

    def _wanted(self, criteria: Criteria) -> Any:
        masks = [self.cases[name].isin(values) for name, values in criteria.where.items()]
        return reduce(and_, masks, pd.Series(data=True, index=self.cases.index))


@dataclass(frozen=True)
class DuckDBRows:
    """Staff and cases as tables `staff` and `cases` of a file."""

    con: duckdb.DuckDBPyConnection

    def count(self, metric: Definition) -> tuple[int, int]:
        """See Counter."""
        where = " AND ".join(_sql(name, values) for name, values in _counted(metric).where.items()) or "true"
        persons = self.con.execute(
            f"SELECT government_code, count(*) FROM cases WHERE {where} GROUP BY ALL"
        ).fetchall()
        if metric.kind != "rate":
            return sum(row[-1] for row in persons), 0
        heads = self.con.execute(
            "SELECT government_code, as_of, count(*) FROM staff WHERE is_active GROUP BY ALL"
        ).fetchall()
        return sum(row[-1] for row in persons), sum(row[-1] for row in heads)


def in_pandas(settings: Settings, warehouse: Path) -> PandasRows:
    """Reads the vault's rosters, used columns only, and the case rows of the warehouse."""
    frames = [_staff(settings, card) for card in read_cards(settings.sources) if card.kind == "roster"]
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{warehouse}' AS warehouse (READ_ONLY)")
        return PandasRows(pd.concat(frames, ignore_index=True), con.sql(CASES).df())


def in_duckdb(settings: Settings, warehouse: Path, target: Path) -> DuckDBRows:
    """Writes the same rows into a new DuckDB file and opens it."""
    con = duckdb.connect(str(target))
    con.execute(f"ATTACH '{warehouse}' AS warehouse (READ_ONLY)")
    con.execute(f"CREATE TABLE cases AS {CASES}")
    con.execute("DETACH warehouse")
    con.execute(
        "CREATE TABLE staff (government_code VARCHAR, as_of DATE, employment_type VARCHAR, is_active BOOLEAN)"
    )
    for card in read_cards(settings.sources):
        if card.kind == "roster":
            con.execute(
                f"INSERT INTO staff SELECT ?, ?, {', '.join(STAFF_COLUMNS)} FROM read_parquet(?)",
                [
                    card.government_code,
                    card.as_of,
                    str(open_vault(settings).file("rosters", card.vault_name)),
                ],
            )
    con.execute("CHECKPOINT")
    return DuckDBRows(con)


def _staff(settings: Settings, card: Card) -> pd.DataFrame:
    rows = pd.read_parquet(open_vault(settings).file("rosters", card.vault_name), columns=STAFF_COLUMNS)
    rows["government_code"] = pd.Series(card.government_code, index=rows.index, dtype="str")
    rows["as_of"] = pd.Timestamp(str(card.as_of))
    return rows


def _counted(metric: Definition) -> Criteria:
    """A proportion counts its events inside its denominator, so the denominator is what is read."""
    return metric.exposure if metric.kind == "proportion" and metric.exposure else metric.events


def _sql(name: str, values: Mapping[str, Any] | list[str | bool]) -> str:
    written = ", ".join(str(value).lower() if isinstance(value, bool) else f"'{value}'" for value in values)
    return f'"{name}" IN ({written})'
