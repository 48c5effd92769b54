"""How long recommendations wait for a decision, by the body that examined them, and whether the bodies differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from metrics.followup.rounding import told
from metrics.followup.waits import Wait, spread, wait
from warehouse.tables import fetch, table

if TYPE_CHECKING:
    from warehouse.connection import Warehouse
    from warehouse.selection import Selection

BODIES: Final = ("kasn", "bkn")
LEVEL: Final = 0.95
FEWEST_EXPECTED: Final = 5.0
_STAGE: Final = "decision"
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Verdict:
    """The log-rank test of equal waiting; chi-square of one degree of freedom."""

    statistic: float
    p: float

    @property
    def is_apart(self) -> bool:
        """Whether the bodies differ by more than chance."""
        return self.p < 1.0 - LEVEL


@dataclass(frozen=True)
class Bodies:
    """The wait of either body (as metrics.followup.waits has it), and the test between them.

    `test` is None where a body has no curve or fewer than five decisions would be expected of one: its p would be
    rough. `unknown` are the persons whose examination has no date and so no body, as they may be told.
    """

    waits: Mapping[str, Wait]
    test: Verdict | None
    unknown: int | None
    is_simulated: bool
    k: int
    sql: str


def bodies(warehouse: Warehouse, selection: Selection) -> Bodies:
    """Recommendations of the selection: days until the PPK decides, by who examined them."""
    k = warehouse.suppress_below
    rows, sql = _rows(warehouse, selection)
    by_body = {body: [row for row in rows if row["body"] == body] for body in BODIES}
    waits = {body: wait(_STAGE, own, k) for body, own in by_body.items()}
    return Bodies(
        waits=waits,
        test=_test(by_body) if all(found.is_drawn for found in waits.values()) else None,
        unknown=told(sum(row["persons"] for row in rows if row["body"] not in BODIES), k),
        is_simulated=any(row["simulated"] for row in rows),
        k=k,
        sql=sql,
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


def _test(by_body: Mapping[str, Sequence[Row]]) -> Verdict | None:
    from stats.duration import log_rank

    spreads = [spread(rows) for rows in by_body.values()]
    days, cause = (np.concatenate(parts) for parts in zip(*spreads, strict=True))
    group = np.repeat(np.arange(len(spreads)), [len(own) for own, _ in spreads])
    found = log_rank(days, cause == 1, group)
    if found is None or float(found.expected.min()) < FEWEST_EXPECTED:
        return None
    return Verdict(found.statistic, found.p)
