"""What is loaded, whatever is selected: the registers of cases and the dates of the rosters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from warehouse.tables import fetch, table

if TYPE_CHECKING:
    from warehouse.connection import Warehouse


@dataclass(frozen=True)
class Registers:
    """What the loaded case registers hold: the first event, elections and provinces with cases, any simulated.

    A register does not say which governments it covers. A province without a single case anywhere is taken as one
    whose register is not loaded: its zero would be a missing value in disguise.
    """

    first_event: date | None
    elections: frozenset[str]
    provinces: frozenset[str]
    is_simulated: bool


def snapshots(warehouse: Warehouse) -> Mapping[str, tuple[date, ...]]:
    """Dates of the rosters of every government that has one, in order."""
    staff = table(warehouse.backend(), "mart_workforce").select("government_code", "as_of").distinct()
    rows, _ = fetch(warehouse.backend(), staff)
    dates: dict[str, list[date]] = {}
    for row in rows.to_pylist():
        dates.setdefault(row["government_code"], []).append(row["as_of"])
    return {code: tuple(sorted(days)) for code, days in sorted(dates.items())}


def registers(warehouse: Warehouse) -> Registers:
    """What the loaded case registers hold, whatever is selected.

    The public's warehouse tells of the first event only its year, on whose first day it is then taken to lie.
    """
    return _open(warehouse) if warehouse.is_protected else _of_cases(warehouse)


def _open(warehouse: Warehouse) -> Registers:
    rows = fetch(warehouse.backend(), table(warehouse.backend(), "open_register"))[0].to_pylist()
    periods = table(warehouse.backend(), "open_cell").select("period").distinct()
    found = {row["period"] for row in fetch(warehouse.backend(), periods)[0].to_pylist()}
    return Registers(
        first_event=min((row["first_on"] for row in rows), default=None),
        elections=frozenset(found - {"whole"}),
        provinces=frozenset(row["province_code"] for row in rows),
        is_simulated=any(row["is_simulated"] for row in rows),
    )


def _of_cases(warehouse: Warehouse) -> Registers:
    cases = table(warehouse.backend(), "mart_case")
    counted = cases.group_by(["election_code", "province_code"]).agg(
        first=cases.event_on.min(), simulated=cases.is_simulated.cast("int64").sum()
    )
    rows = fetch(warehouse.backend(), counted)[0].to_pylist()
    return Registers(
        first_event=min((row["first"] for row in rows), default=None),
        elections=frozenset(row["election_code"] for row in rows),
        provinces=frozenset(row["province_code"] for row in rows),
        is_simulated=any(row["simulated"] for row in rows),
    )
