"""Published CUSUMs, to the printed digits."""

import numpy as np
import pytest
from scipy.special import gammaln

from stats.change import cusum

# Lucas and Crosier 1982, Technometrics 24:199, table 5, as reprinted in Tang et al. 2006, Six Sigma: Advanced Tools
# for Black Belts and Master Black Belts, table 24.1: k = 0.5, h = 5, without and with a head start of h / 2.
SHIFTED = [0.8, 1.9, 1.4, 2.0, 1.1, 0.7, 2.6]
PLAIN = [0.3, 1.7, 2.6, 4.1, 4.7, 4.9, 7.0]
HEAD_START = [2.8, 4.2, 5.1, 6.6, 7.2, 7.4, 9.5]


@pytest.mark.parametrize(("start", "printed", "alarm"), [(0.0, PLAIN, 7), (2.5, HEAD_START, 3)])
def test_the_cusum_of_lucas_and_crosier(start, printed, alarm):
    sums = cusum(np.array(SHIFTED) - 0.5, start)
    assert sums == pytest.approx(printed, abs=5e-10)
    assert int(np.argmax(sums >= 5)) + 1 == alarm


def run_length(mean, reference, limit, start):
    """Exact average run length of a CUSUM of whole numbers: Brook and Evans 1972, Biometrika 59:539."""
    count = np.arange(300)
    chance = np.exp(count * np.log(mean) - mean - gammaln(count + 1))
    moves = np.zeros((limit, limit))
    for state in range(limit):
        after = np.maximum(0, state + count - reference)
        np.add.at(moves[state], after[after < limit], chance[after < limit])
    return np.linalg.solve(np.eye(limit) - moves, np.ones(limit))[start]


# Lucas 1985, Technometrics 27:129, design h = 6, k = 2, computed by `arl` of the R package IAcsSPCR (Lawson, An
# Introduction to Acceptance Sampling and SPC with R): average run length, with and without a head start of 3.
PRINTED = [(1.88, 0, 37.20), (1.88, 3, 29.19), (1.88 + 0.9627 * np.sqrt(1.88), 0, 5.49), (3.2, 3, 3.33)]


@pytest.mark.parametrize(("mean", "start", "printed"), PRINTED)
def test_our_recursion_runs_as_long_as_lucas_says(mean, start, printed):
    exact = run_length(mean, 2, 6, start)
    assert exact == pytest.approx(printed, abs=0.006)
    counts = np.random.default_rng(1985).poisson(mean, (20_000, 400))
    alarms = cusum(counts - 2, start) >= 6
    assert alarms.any(axis=1).mean() > 0.9999
    lengths = np.argmax(alarms, axis=1) + 1
    assert lengths.mean() == pytest.approx(exact, abs=4 * lengths.std() / np.sqrt(len(lengths)))
