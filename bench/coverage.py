"""`python -m bench.coverage`: how often each interval holds the true value; `--write` puts it into docs/methodology.md.

Nothing is drawn at random: the coverage is summed over the distribution of the counts, so it is exact and every run
gives the same digits. A rate's count is Poisson with mean n·rate, a share's binomial; for two rates all pairs of counts
are summed. What is left out of a sum has a probability below 1e-12.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.special import gammaln, xlog1py, xlogy

from settings import ROOT
from stats.comparing.ratios import Pair, difference_interval, ratio_p
from stats.intervals import Bounds, Floats, clopper_pearson, garwood, jeffreys, upper_bound_zero, wilson
from stats.midp import midp_rate, midp_share

LEVEL = 0.95
SIZES = (20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000)
RATES = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05)
PAIR_SIZES = (200, 1_000, 5_000)
PAIR_RATES = (0.0005, 0.002)
"""Of two rates the first has these exposures, the base the same or ten times as much."""
RATIOS = (1.0, 2.0)
PAGE = ROOT / "docs" / "methodology.md"
BEGIN, END = "<!-- bench.coverage -->\n", "<!-- bench.coverage ends -->\n"
Method = Callable[[Floats, Floats], Bounds]


@dataclass(frozen=True)
class Cell:
    """One true value and how often the interval holds it."""

    expected: float
    coverage: float
    where: str


def as_shown(events: Floats, exposure: Floats) -> Bounds:
    """The interval of a rate as pages draw it: Garwood's, after zero events the one-sided bound."""
    lower, upper = garwood(events, exposure, LEVEL)
    return lower, np.where(events == 0, upper_bound_zero(exposure, LEVEL), upper)


RATE_METHODS: Mapping[str, Method] = {
    "Garwood, exact": garwood,
    "Garwood as drawn (one-sided after zero)": as_shown,
    "mid-P": midp_rate,
}
SHARE_METHODS: Mapping[str, Method] = {
    "Clopper-Pearson, exact": clopper_pearson,
    "mid-P": midp_share,
    "Wilson": wilson,
    "Jeffreys": jeffreys,
}


def rate_coverage(method: Method, n: int, rate: float) -> float:
    """How often an interval of a rate holds it, where the count is Poisson with mean n·rate."""
    counts, weights = poisson(n * rate)
    return _held(method(counts, np.full_like(counts, n)), rate, weights)


def share_coverage(method: Method, n: int, share: float) -> float:
    """How often an interval of a share holds it, where the count is binomial."""
    counts = np.arange(min(n, _last(n * share)) + 1.0)
    chosen = gammaln(n + 1.0) - gammaln(counts + 1.0) - gammaln(n - counts + 1.0)
    weights = np.exp(chosen + xlogy(counts, share) + xlog1py(n - counts, -share))
    return _held(method(counts, np.full_like(counts, n)), share, weights)


def lowest(method: Method) -> Cell:
    """The worst coverage of a rate's interval over all expected counts from 0.05 to 20 in steps of 0.05."""
    counts = np.arange(_last(20.0) + 1.0)
    lower, upper = method(counts, np.ones_like(counts))
    found = []
    for mean in np.arange(1, 401) / 20.0:
        weights = np.exp(xlogy(counts, mean) - mean - gammaln(counts + 1.0))
        found.append(Cell(mean, float(weights[(lower <= mean) & (mean <= upper)].sum()), f"{mean:.2f}"))
    return min(found, key=lambda cell: cell.coverage)


def pair_coverage(n: int, base: int, rate: float, ratio: float) -> dict[str, float]:
    """How often the intervals of ratio (mid-P and exact) and difference hold the truth, over all pairs of counts.

    The ratio's interval holds the true ratio exactly where the test of that ratio does not reject it.
    """
    (first, w1), (second, w0) = poisson(n * rate * ratio), poisson(base * rate)
    pair = Pair(first[:, None], float(n), second[None, :], float(base))
    weights = w1[:, None] * w0[None, :]
    low, high = difference_interval(pair, LEVEL)
    truth = rate * (ratio - 1.0)
    return {
        "ratio, mid-P": float(weights[ratio_p(pair, ratio) >= 1 - LEVEL].sum()),
        "ratio, exact": float(weights[ratio_p(pair, ratio, exact=True) >= 1 - LEVEL].sum()),
        "difference (MOVER of mid-P)": float(weights[(low <= truth) & (truth <= high)].sum()),
    }


def poisson(mean: float) -> tuple[Floats, Floats]:
    """Counts that hold all but 1e-12 of a Poisson distribution, with their probabilities."""
    counts = np.arange(max(0, int(mean - 8 * mean**0.5 - 8)), _last(mean) + 1.0)
    return counts, np.exp(xlogy(counts, mean) - mean - gammaln(counts + 1.0))


def rate_cells(method: Method) -> Iterator[Cell]:
    """Coverage of a rate's interval over the grid."""
    for n in SIZES:
        for rate in RATES:
            yield Cell(n * rate, rate_coverage(method, n, rate), f"n = {n:,}, {rate:.2%}")


def share_cells(method: Method) -> Iterator[Cell]:
    """Coverage of a share's interval over the grid."""
    for n in SIZES:
        for rate in RATES:
            yield Cell(n * rate, share_coverage(method, n, rate), f"n = {n:,}, {rate:.2%}")


def pair_cells() -> dict[str, list[Cell]]:
    """Coverage of the intervals of two rates; `expected` is what the rarer of both counts amounts to."""
    found: dict[str, list[Cell]] = {}
    for n in PAIR_SIZES:
        for times in (1, 10):
            for rate in PAIR_RATES:
                for ratio in RATIOS:
                    where = f"n = {n:,} against {n * times:,}, {rate:.2%}, ratio {ratio:g}"
                    rarer = n * rate * min(ratio, times)
                    for name, held in pair_coverage(n, n * times, rate, ratio).items():
                        found.setdefault(name, []).append(Cell(rarer, held, where))
    return found


def summary(title: str, rows: Mapping[str, list[Cell]]) -> str:
    """A row per interval: lowest, mean and highest coverage, and the same where five or more events are expected."""
    head = (
        f"| {title} | lowest | where | mean | highest | from 5 expected: lowest | mean | highest |\n"
        "|---|---|---|---|---|---|---|---|\n"
    )
    return head + "".join(_row(name, cells) for name, cells in rows.items())


def between() -> str:
    """The worst that can happen to a rate's interval between the points of the grid."""
    cells = {name: lowest(method) for name, method in RATE_METHODS.items()}
    head = "| Rate, every expected count from 0.05 to 20 | lowest | at expected |\n|---|---|---|\n"
    return head + "".join(
        f"| {name} | {_percent(cell.coverage)} | {cell.where} |\n" for name, cell in cells.items()
    )


def grid() -> str:
    """Coverage of a rate's interval by n and rate: exact / mid-P."""
    head = "| n | " + " | ".join(f"{rate:.2%}" for rate in RATES) + " |\n"
    lines = [
        f"| {n:,} | "
        + " | ".join(
            f"{_percent(rate_coverage(garwood, n, rate))} / {_percent(rate_coverage(midp_rate, n, rate))}"
            for rate in RATES
        )
        + " |\n"
        for n in SIZES
    ]
    return head + "|---" * (len(RATES) + 1) + "|\n" + "".join(lines)


def alone() -> str:
    """The tables of one rate and one share as Markdown."""
    rates = {name: list(rate_cells(method)) for name, method in RATE_METHODS.items()}
    shares = {name: list(share_cells(method)) for name, method in SHARE_METHODS.items()}
    return "\n".join([summary("Rate", rates), between(), summary("Share", shares)])


def report() -> str:
    """All tables as Markdown."""
    by_size = "Rate, by n and true rate, exact / mid-P:\n"
    return "\n".join([alone(), summary("Two rates", pair_cells()), by_size, grid()])


def documented(page: Path = PAGE) -> str:
    """The tables as they stand in the documentation."""
    return page.read_text("utf-8").split(BEGIN)[1].split(END)[0]


def main(words: list[str]) -> int:
    """Prints the tables, or writes them into the documentation."""
    parser = argparse.ArgumentParser(prog="python -m bench.coverage", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the tables into docs/methodology.md")
    found = report()
    if not parser.parse_args(words).write:
        print(found)
        return 0
    text = PAGE.read_text("utf-8")
    PAGE.write_text(text.replace(documented(), found), "utf-8")
    return 0


def _held(bounds: Bounds, truth: float, weights: Floats) -> float:
    lower, upper = bounds
    return float(weights[(lower <= truth) & (truth <= upper)].sum())


def _last(mean: float) -> int:
    return int(mean + 8 * mean**0.5 + 30)


def _row(name: str, cells: list[Cell]) -> str:
    low = min(cells, key=lambda cell: cell.coverage)
    many = [cell.coverage for cell in cells if cell.expected >= 5]
    every = [cell.coverage for cell in cells]
    numbers = [np.mean(every), max(every), min(many), np.mean(many), max(many)]
    told = " | ".join(_percent(float(number)) for number in numbers)
    return f"| {name} | {_percent(low.coverage)} | {low.where} | {told} |\n"


def _percent(share: float) -> str:
    return f"{share:.1%}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
