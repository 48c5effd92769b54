"""Do groups of persons wait equally long, and are there enough of them to say so?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from stats.waiting.waits import spread

LEVEL: Final = 0.95
FEWEST_EXPECTED: Final = 5.0


@dataclass(frozen=True)
class Verdict:
    """The log-rank test of equal waiting; chi-square of one degree of freedom."""

    statistic: float
    p: float

    @property
    def is_apart(self) -> bool:
        """Whether the groups differ by more than chance."""
        return self.p < 1.0 - LEVEL


def verdict(groups: Iterable[Sequence[Mapping[str, Any]]]) -> Verdict | None:
    """The test between groups of rows (state, days, persons); None where fewer than five ends would be expected of one."""
    from stats.duration import log_rank

    spreads = [spread(rows) for rows in groups]
    days, cause = (np.concatenate(parts) for parts in zip(*spreads, strict=True))
    group = np.repeat(np.arange(len(spreads)), [len(own) for own, _ in spreads])
    found = log_rank(days, cause == 1, group)
    if found is None or float(found.expected.min()) < FEWEST_EXPECTED:
        return None
    return Verdict(found.statistic, found.p)
