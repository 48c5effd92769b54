from __future__ import annotations

import os

import pytest

from bench.clock import cpu_seconds, held_mib, median_seconds, peak_mib, percentile


@pytest.mark.parametrize(("share", "value"), [(0.5, 3), (0.95, 5), (0.2, 1), (0.21, 2), (1.0, 5), (0.0, 1)])
def test_percentiles_are_values_that_occurred(share, value):
    assert percentile([5, 1, 4, 2, 3], share) == value


def test_warm_calls_do_not_count():
    calls = []
    assert median_seconds(lambda: calls.append(1), times=3, warm=2) >= 0
    assert len(calls) == 5


def test_a_process_holds_memory_and_uses_time():
    assert 0 < held_mib(os.getpid()) <= peak_mib()
    assert cpu_seconds(os.getpid()) > 0
