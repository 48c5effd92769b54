"""The coverage that docs/methodology.md states is the coverage that is computed."""

import pytest

from bench import coverage
from stats.intervals import garwood, wilson
from stats.midp import midp_rate

DOCUMENTED = coverage.documented()


def test_the_tables_of_one_rate_and_one_share_are_the_computed_ones():
    assert coverage.alone() in DOCUMENTED


def test_the_table_by_size_is_the_computed_one():
    assert coverage.grid() in DOCUMENTED


@pytest.mark.parametrize("name", ["ratio, mid-P", "ratio, exact", "difference (MOVER of mid-P)"])
def test_the_lowest_coverage_of_two_rates_is_the_computed_one(name):
    row = next(line for line in DOCUMENTED.splitlines() if line.startswith(f"| {name} |"))
    assert row.split(" | ")[2] == "n = 5,000 against 50,000, 0.20%, ratio 2"
    held = coverage.pair_coverage(5_000, 50_000, 0.002, 2.0)[name]
    assert row.split(" | ")[1] == f"{held:.1%}"


def test_exact_intervals_never_fall_below_their_level():
    assert min(cell.coverage for cell in coverage.rate_cells(garwood)) >= 0.95
    assert coverage.lowest(garwood).coverage >= 0.95


def test_the_sum_agrees_with_a_count_of_single_outcomes():
    # Two events expected among many: P(X = 0) + ... + P(X = 5), of those whose interval holds 2.
    held = [x for x in range(40) if float(garwood(x, 1)[0]) <= 2 <= float(garwood(x, 1)[1])]
    counts, weights = coverage.poisson(2.0)
    assert coverage.rate_coverage(garwood, 1_000, 0.002) == pytest.approx(
        sum(weight for count, weight in zip(counts, weights, strict=True) if count in held)
    )
    assert weights.sum() == pytest.approx(1)


def test_a_share_of_a_large_n_covers_as_the_rate_does():
    rate = coverage.rate_coverage(midp_rate, 20_000, 0.0005)
    share = coverage.share_coverage(coverage.midp_share, 20_000, 0.0005)
    assert rate == pytest.approx(share, abs=2e-3)
    assert coverage.share_coverage(wilson, 20, 0.005) == pytest.approx(0.905, abs=5e-4)
