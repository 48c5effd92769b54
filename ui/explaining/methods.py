"""The methods beside the metrics: what is done with counts once they are answered. Declared here, written in the texts.

A text `method.<id>.<part>` exists for every part of every method in both languages; a part in `without` does not apply, and its
text is the reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from language import Words
from metrics.between.compared import FDR
from metrics.exposure import REACH_DAYS
from metrics.signals.change import FEWEST_MONTHS
from metrics.signals.space import FEWEST_UNITS
from stats.between import ranks
from stats.waiting.waits import HORIZON
from ui import results
from ui.explaining import parts, sources
from ui.explaining.parts import PARTS, Explanation
from warehouse.selection import Selection
from warehouse.tables import Query

Kind = Literal["answer", "own", "shared"]
TOLD: Final[Mapping[Kind, tuple[str, ...]]] = {
    "answer": ("definition", "formula", "interval", "limits"),
    "own": ("definition", "formula", "numerator", "denominator", "interval", "not_shown", "limits", "sql"),
    "shared": ("definition", "formula", "limits"),
}
"""Parts that a method writes: on top of an answer, for figures of its own, or for every figure alike."""


@dataclass(frozen=True)
class Method:
    """A method by its id; `without` are parts that do not apply to it, `counts` tells whether it counts rows of registers."""

    method_id: str
    kind: Kind = "own"
    without: frozenset[str] = frozenset()
    counts: bool = False

    def title(self, w: Words) -> str:
        """Its name."""
        return w(f"method.{self.method_id}.title")

    def line(self, w: Words, part: str) -> str:
        """One of its parts."""
        return w(f"method.{self.method_id}.{part}", **numbers())


COUNTING: Final = Method("counting", "shared")
TIMING: Final = Method("timing", "shared")
MERGING: Final = Method("merging", "shared")
SUPPRESSION: Final = Method("suppression", "shared")
EVIDENCE: Final = Method("evidence", "answer")
STANDARDISED: Final = Method("standardised", "answer")
RANKS: Final = Method("ranks", "answer")
PAIRS: Final = Method("pairs", "answer")
PROFILE: Final = Method("profile", "answer")
COMPARABLE: Final = Method("comparable", "answer")
CHANGE: Final = Method("change", "answer")
SPACE: Final = Method("space", "answer")
STAGES: Final = Method("stages", counts=True)
WAITS: Final = Method("waits", counts=True)
CLOCK: Final = Method("clock", counts=True)
BODIES: Final = Method("bodies", counts=True)
FUNNEL_OF_SHARES: Final = Method("funnel_of_shares", "answer")
OCCASIONS: Final = Method("occasions", "answer")
PREVENTION: Final = Method("prevention", without=frozenset({"denominator", "interval"}))
PUBLISHED: Final = Method("published", without=frozenset({"denominator", "interval"}))
KNOWN: Final = Method("known", without=frozenset({"denominator", "interval"}))
LEDGER: Final = Method("ledger", without=frozenset({"interval"}))
SUMS: Final = Method("sums", without=frozenset({"denominator", "interval"}))
LOADED: Final = Method("loaded", without=frozenset({"interval"}))
COVERAGE: Final = Method("coverage", without=frozenset({"denominator", "interval"}))
WORKFORCE: Final = Method("workforce", without=frozenset({"denominator", "interval"}))
METHODS: Final = (
    COUNTING, TIMING, MERGING, SUPPRESSION, EVIDENCE, STANDARDISED, RANKS, PAIRS, PROFILE, COMPARABLE, CHANGE, SPACE, STAGES,
    WAITS, CLOCK, BODIES, FUNNEL_OF_SHARES, OCCASIONS, PUBLISHED, KNOWN, LEDGER, SUMS, LOADED, COVERAGE, WORKFORCE, PREVENTION,
)  # fmt: skip


def numbers() -> dict[str, Any]:
    """The numbers that texts about methods and refusals name, from where the code takes them."""
    k = results.suppress_below()
    return {
        "k": k,
        "most": k - 1,
        "twice": 2 * k,
        "reach": REACH_DAYS,
        "horizon": HORIZON,
        "months": FEWEST_MONTHS,
        "places": FEWEST_UNITS,
        "field": ranks.FEWEST,
        "draws": ranks.DRAWS,
        "fdr": f"{100 * FDR:.0f}%",
    }


def on_top(w: Words, methods: Sequence[Method]) -> Mapping[str, tuple[str, ...]]:
    """What methods add to the explanation of an answer, each line under the method's name."""
    assert all(method.kind == "answer" for method in methods), "only methods on answers stand on top of one"
    return {
        part: tuple(
            w("explain.by_method", title=method.title(w), text=method.line(w, part)) for method in methods
        )
        for part in TOLD["answer"]
    }


def of(w: Words, method: Method, selection: Selection, queries: tuple[Query, ...]) -> Explanation:
    """All parts for a figure that is no answer to a metric."""
    assert method.kind == "own", "this method stands on answers"
    lines: dict[str, tuple[str, ...]] = {part: (method.line(w, part),) for part in TOLD["own"]}
    lines |= {"filters": (parts.filters(w, selection),), "build": (parts.build(w),)}
    if method.counts:
        lines["numerator"] += (sources.registers(w),)
    return Explanation(method.title(w), {part: lines[part] for part in PARTS}, method.without, queries)
