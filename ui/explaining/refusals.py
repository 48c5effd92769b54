"""The list of refusals: where a number is not shown, what stands in its place, when and why.

The codes come from the modules that refuse, so a new reason without a text fails, and none can be left out of the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, get_args

from charts.shading.verdicts import JUDGED, VERDICTS
from language import Words
from metrics.comparing.pairs import Withheld
from metrics.frame import REFUSALS
from metrics.signals.change import NOT_JUDGED
from ui import results
from ui.explaining.methods import numbers
from ui.ledger.compared import RELATIONS, WITH_DIFFERENCE
from ui.ledger.loaded import REFUSED
from ui.showing.tables import Table

AGREE: Final = "agree"


@dataclass(frozen=True)
class Refusal:
    """One reason: its place, and the keys of what is written and of when and why."""

    place: str
    written: str
    why: str


def every() -> tuple[Refusal, ...]:
    """All refusals of the product, place by place."""
    return (
        *(Refusal("answer", f"chart.refusal.{code}", f"refusal.{code}") for code in REFUSALS[1:]),
        *_own("map", "evidence.class", [code for code in VERDICTS if code not in JUDGED]),
        Refusal("ratio", "chart.refusal.no_reference", "refused.ratio.no_reference"),
        Refusal("ratio", "chart.refusal.group_suppressed", "refused.ratio.group_suppressed"),
        Refusal("ratio", "chart.refusal.suppressed", "refused.ratio.suppressed"),
        Refusal("rank", "between.rank.none", "refused.rank.wide"),
        *(
            Refusal("pair", f"comparing.brief.{code}", f"comparing.withheld.{code}")
            for code in get_args(Withheld)[1:]
        ),
        Refusal("pair", "comparing.brief.both_zero", "refused.pair.both_zero"),
        *_own("change", "signals.change", NOT_JUDGED),
        Refusal("change", "signals.change.none", "refused.change.named"),
        Refusal("space", "refused.silence", "refused.space.few"),
        Refusal("followup", "chart.refusal.suppressed", "refused.followup.small"),
        Refusal("followup", "refused.written.curve", "refused.followup.curve"),
        Refusal("followup", "followup.table.no_limit", "refused.followup.no_limit"),
        *_own("published", "ledger.relations", [r for r in RELATIONS if r not in (*WITH_DIFFERENCE, AGREE)]),
        Refusal("published", "refused.written.sum", "refused.published.sum"),
        *_own("loaded", "ledger.loaded", REFUSED),
        Refusal("loaded", "ledger.loaded.withheld", "refused.loaded.withheld"),
        Refusal("load", "refused.written.control", "refused.load.control"),
        Refusal("load", "refused.written.rows", "refused.load.rows"),
    )


def table(w: Words) -> Table:
    """The list as a table."""
    head = tuple(w(f"refused.head.{name}") for name in ("place", "written", "why"))
    hidden = {"range": w.span(0, results.suppress_below() - 1, 0)}
    rows = tuple(
        (
            w(f"refused.place.{one.place}"),
            w(one.written, **hidden).replace("**", ""),
            w(one.why, **numbers()),
        )
        for one in every()
    )
    return Table(w("pages.method.refusals"), head, rows)


def _own(place: str, written: str, codes: Sequence[str]) -> tuple[Refusal, ...]:
    return tuple(Refusal(place, f"{written}.{code}", f"refused.{place}.{code}") for code in codes)
