"""One series of counts against its expected course: is there a change that chance does not explain?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from stats.change.cusum import Floats, cusum, poisson_steps

Direction = Literal["up", "down"]
DIRECTIONS: Final[tuple[Direction, Direction]] = ("up", "down")
RATIO: Final = 2.0
DRAWS: Final = 5000
SEED: Final = 20241127
_DECIMALS: Final = 9  # two ways of adding the same steps give the same sum


@dataclass(frozen=True)
class Change:
    """The stretch with the most evidence: periods `first` to `last` (places in the series, both included)."""

    direction: Direction
    first: int
    last: int
    sum: float


@dataclass(frozen=True)
class Verdict:
    """What a series says.

    `false_alarm` is the share of simulated series without any change that would have alarmed in either direction (from
    draws of their own, not those that set the limits). `power` is the share of simulated series that alarm although the
    rate only became `RATIO` times itself half way: what could have been seen at all. `limits` are for up and down.
    """

    change: Change | None
    false_alarm: float
    power: float
    limits: tuple[float, float]


def detect(
    counts: ArrayLike, expected: ArrayLike, chance: float, draws: int = DRAWS, seed: int = SEED
) -> Verdict:
    """Page's test for a rate that doubles or halves, over the whole series, with its total held fixed.

    `expected` is the course that the counts would take without a change, on any scale; it is scaled to the total of
    the counts. Given that total, counts without a change are multinomial, so that no rate has to be estimated and the
    limits are exact up to simulation. Each direction gets half of `chance`, the probability of a false alarm over the
    series. Same numbers in, same verdict out.
    """
    observed, course = np.asarray(counts, dtype=np.int64), np.asarray(expected, dtype=np.float64)
    assert observed.ndim == 1 and observed.shape == course.shape, "one expectation for each count"
    assert bool(np.all(observed >= 0)) and bool(np.all(course >= 0)), (
        "counts and expectations are not negative"
    )
    assert 0.0 < chance < 1.0, "a chance lies between 0 and 1"
    total = int(observed.sum())
    if total == 0 or course.sum() <= 0:
        return Verdict(None, 0.0, 0.0, (np.inf, np.inf))
    shares = course / course.sum()
    generator = np.random.default_rng(seed)
    up, down = (
        _limit(sums, chance / 2.0) for sums in _sums(generator.multinomial(total, shares, draws), shares)
    )
    fresh = _simulated(generator, total, shares, draws)
    later = shares * np.where(np.cumsum(shares) > 0.5, RATIO, 1.0)
    doubled = _simulated(generator, total, later / later.sum(), draws)
    return Verdict(
        change=_change(observed, shares, (up, down)),
        false_alarm=float(_alarms(fresh, shares, (up, down)).mean()),
        power=float(_alarms(doubled, shares, (up, down)).mean()),
        limits=(up, down),
    )


def _simulated(generator: np.random.Generator, total: int, shares: Floats, draws: int) -> NDArray[np.int64]:
    """Multinomial counts, one series a row; case by case, which for rare events is faster than numpy's own."""
    edges = np.cumsum(shares)[:-1]
    place = np.searchsorted(edges, generator.random((draws, total)), side="right")
    flat = place + np.arange(draws)[:, None] * len(shares)
    return np.bincount(flat.ravel(), minlength=draws * len(shares)).reshape(draws, len(shares))


def _sums(counts: ArrayLike, shares: Floats) -> tuple[Floats, Floats]:
    expected = shares * np.sum(counts, axis=-1, keepdims=True)
    up, down = (cusum(poisson_steps(counts, expected, ratio)) for ratio in (RATIO, 1.0 / RATIO))
    return np.round(up, _DECIMALS), np.round(down, _DECIMALS)


def _limit(sums: Floats, chance: float) -> float:
    """The least limit that at most a share `chance` of the simulated series reaches."""
    highest = np.sort(sums.max(axis=1))[::-1]
    # Where hardly any series has a sum at all, the least sum there can be is an alarm.
    return max(float(np.nextafter(highest[int(chance * len(highest))], np.inf)), 10.0**-_DECIMALS)


def _alarms(counts: ArrayLike, shares: Floats, limits: tuple[float, float]) -> Floats:
    up, down = _sums(counts, shares)
    return np.asarray((up.max(axis=1) >= limits[0]) | (down.max(axis=1) >= limits[1]), dtype=np.float64)


def _change(observed: ArrayLike, shares: Floats, limits: tuple[float, float]) -> Change | None:
    """The direction that exceeds its limit by the larger factor, and its stretch: from the last zero to the highest sum."""
    found: list[tuple[float, Change]] = []
    for direction, sums, limit in zip(DIRECTIONS, _sums(observed, shares), limits, strict=True):
        last = int(sums.argmax())
        if sums[last] >= limit:
            zeros = np.flatnonzero(sums[:last] == 0)
            first = int(zeros[-1]) + 1 if len(zeros) else 0
            found.append((sums[last] / limit, Change(direction, first, last, float(sums[last]))))
    return max(found, key=lambda pair: pair[0])[1] if found else None
