"""How long recommendations wait for a decision, by the body that examined them, and whether the bodies differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from metrics.followup import laid
from metrics.followup.cells import is_protected
from metrics.followup.laid import BODIES, Bodies
from metrics.followup.standing import Row
from stats.waiting.rounding import told
from stats.waiting.verdict import verdict
from stats.waiting.waits import wait
from warehouse.tables import Query, fetch, table

if TYPE_CHECKING:
    from warehouse.connection import Warehouse
    from warehouse.selection import Selection

_STAGE: Final = "decision"


def bodies(warehouse: Warehouse, selection: Selection) -> Bodies:
    """Recommendations of the selection: days until the PPK decides, by who examined them."""
    if is_protected(warehouse):
        return laid.bodies(warehouse, selection)
    k = warehouse.suppress_below
    rows, sql = _rows(warehouse, selection)
    by_body = {body: [row for row in rows if row["body"] == body] for body in BODIES}
    waits = {body: wait(_STAGE, own, k) for body, own in by_body.items()}
    return Bodies(
        waits=waits,
        test=verdict(by_body.values()) if all(found.is_drawn for found in waits.values()) else None,
        unknown=told(sum(row["persons"] for row in rows if row["body"] not in BODIES), k),
        is_simulated=any(row["simulated"] for row in rows),
        k=k,
        query=Query(sql),
    )


def _rows(warehouse: Warehouse, selection: Selection) -> tuple[list[Row], str]:
    """Persons at the stage of decision by body, state and days; the body is that of the day of the recommendation."""
    steps = selection.apply(table(warehouse.backend(), "mart_followup"))
    waiting = steps.filter(steps.stage == _STAGE)
    keys = ["case_id", "person_number"]
    examined = steps.filter(steps.stage == "examination").select(*keys, body="holder")
    both = waiting.left_join(examined, keys)
    named = both.select("state", "days", "is_simulated", body=both.body.coalesce("unknown"))
    asked = named.group_by(["body", "state", "days"]).agg(
        persons=named.count(), simulated=named.is_simulated.sum()
    )
    found, sql = fetch(warehouse.backend(), asked)
    return found.to_pylist(), sql
