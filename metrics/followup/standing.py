"""What the follow-up clock answers: counts, exact or as a range, and the frames made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from stats.waiting.rounding import told
from stats.waiting.waits import SPANS, Wait

if TYPE_CHECKING:
    import pandas as pd

    from warehouse.tables import Query

STAGES: Final = ("intake", "review", "examination", "decision", "delivery", "effect", "remedy")
PARTS: Final = ("done", "late", "waiting", "overdue", "ended", "undated")
WAITS: Final = (*SPANS, "decision")
Row = Mapping[str, Any]


class Count(NamedTuple):
    """Persons, from `least` to `most`; `most` is None where nothing bounds it."""

    least: int
    most: int | None

    @classmethod
    def of(cls, count: int, k: int) -> Count:
        """A count as it may be told of one table alone (stats.waiting.rounding)."""
        shown = told(count, k)
        return cls(1, k - 1) if shown is None else cls(shown, shown)

    def plus(self, other: Count) -> Count:
        """The sum of both."""
        most = None if self.most is None or other.most is None else self.most + other.most
        return Count(self.least + other.least, most)

    def minus(self, other: Count) -> Count:
        """What is left of persons of whom `other` are a part."""
        least = 0 if other.most is None else max(0, self.least - other.most)
        return Count(least, None if self.most is None else self.most - other.least)

    def within(self, other: Count) -> Count:
        """The range that lies in both, of two that hold the same count."""
        ends = [most for most in (self.most, other.most) if most is not None]
        return Count(max(self.least, other.least), min(ends, default=None))

    @property
    def exact(self) -> int | None:
        """The count, where it is one number."""
        return self.least if self.least == self.most else None


NOBODY: Final = Count(0, 0)


@dataclass(frozen=True)
class FollowUp:
    """Where persons stand on the as-of date. A count is a range that may be one number, or None: not published at this detail.

    `stages`: a row per stage and part (PARTS) with `least`, `most`, `persons` (missing unless they are equal), `suppressed`
    (whether they are not), the same of the stage's `total`; `limited` tells whether the stage has a limit of law; without
    rows where stages are not published at this detail. `governments`: `government_code` and `waiting_least`, `waiting_most`,
    `overdue_least`, `overdue_most`, only where somebody may wait.
    `steps` are all stages of all persons, `undated` those among them that cannot be measured for want of a date. `last_on` is
    the last dated step of any register, of the protected the first day of its month. `holder` names who has what is still
    being examined. Where no register `is_registered` for the selection, every 0 is a missing value. `hindering` are the
    filters of the selection that must go for everything to be published. A missing `most` is open.
    """

    stages: pd.DataFrame
    governments: pd.DataFrame
    persons: Count | None
    waiting: Count | None
    overdue: Count | None
    blocked: Count | None
    still_blocked: Count | None
    steps: Count | None
    undated: Count | None
    as_of: date
    last_on: date
    holder: str
    is_simulated: bool
    is_registered: bool
    hindering: tuple[str, ...]
    k: int
    query: Query

    @property
    def is_published(self) -> bool:
        """Whether stages are published at the detail of the selection."""
        return self.waiting is not None and len(self.stages) > 0


@dataclass(frozen=True)
class Waited:
    """How long it takes: a wait for each of WAITS that is published, and the question that was asked.

    `hindering` are the filters that must go for a curve to be published; a wait may be missing beside that, where a count
    that it would give away is withheld.
    """

    waits: Mapping[str, Wait]
    query: Query
    hindering: tuple[str, ...] = ()
