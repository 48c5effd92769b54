"""The same work through the product's own door: `python -m bench.national.ours FILE GOVERNMENT AS_OF OUT`.

NETRA_DATA and NETRA_KEY_FILE say where; the results lie there and not in OUT.
"""

from __future__ import annotations

from collections.abc import Callable

import duckdb

import settings
from bench.national.work import DIMENSIONS, Counts, Task, spend
from etl.building.build import build
from etl.building.publish import current
from etl.cards.card import Card
from etl.loading.roster import RosterRequest, load_roster
from etl.loading.session import open_session
from settings import Settings


def work(task: Task) -> Callable[[], Counts]:
    """Loads the roster and builds the warehouse."""
    chosen = settings.read()
    session = open_session(chosen)
    try:
        card, _ = load_roster(session, RosterRequest(task.path, task.government, task.as_of))
    finally:
        session.close()
    build(chosen)
    return lambda: _counts(chosen, card)


def _counts(chosen: Settings, card: Card) -> Counts:
    """The product reads a repeated person and counts them once; the other hands set the row aside. The persons are the same."""
    manifest = current(chosen.build)
    assert manifest is not None, "the build was published"
    dimensions = ", ".join(DIMENSIONS)
    with duckdb.connect(str(chosen.build / manifest.file), read_only=True) as con:
        refused = con.execute("SELECT rule, count(*) FROM core_rejection GROUP BY 1").fetchall()
        groups = con.execute(
            f"SELECT {dimensions}, sum(headcount)::BIGINT FROM core_workforce GROUP BY ALL"
        ).fetchall()
        (agencies,) = con.execute("SELECT count(DISTINCT agency_id) FROM core_workforce").fetchall()[0]
    warnings = dict(card.warnings)
    repeated = warnings.pop("duplicate_person", 0)
    return Counts(
        read=card.rows_read,
        loaded=card.rows_loaded - repeated,
        refused=dict(refused) | ({"duplicate_person": repeated} if repeated else {}),
        pns_active=card.pns_active or 0,
        pppk_active=card.pppk_active or 0,
        warnings=warnings,
        agencies=agencies,
        headcount={"|".join(group): count for *group, count in groups},
        warehouse=manifest.content_hash,
    )


if __name__ == "__main__":
    spend(work)
