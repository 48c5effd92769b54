"""The lines of a funnel: limits of the ratio along the expected count, as a frame that a chart can draw."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from metrics.between.compared import Compared
from stats.between import funnel

POINTS: Final = 36
_MARGIN: Final = 1.3


def lines(found: Compared) -> pd.DataFrame:
    """Columns expected, level, lower, upper, exact_lower, exact_upper: the limits that decide (widened where units
    scatter by more than chance) and those of chance alone, from a little below the least to a little above the most
    expected. No row where no unit has a ratio."""
    means = found.told["expected"].to_numpy(np.float64)
    if not len(means):
        return pd.DataFrame(columns=["expected", "level", "lower", "upper", "exact_lower", "exact_upper"])
    at = np.geomspace(means.min() / _MARGIN, means.max() * _MARGIN, POINTS)
    parts = []
    for level in funnel.LEVELS:
        exact = funnel.poisson_limits(at, level)
        wide = funnel.widened(exact, 1.0, found.dispersion.additive(at))
        parts.append(
            pd.DataFrame(
                {
                    "expected": at, "level": level, "lower": wide[0], "upper": wide[1],
                    "exact_lower": exact[0], "exact_upper": exact[1],
                }
            )
        )  # fmt: skip
    return pd.concat(parts, ignore_index=True)
