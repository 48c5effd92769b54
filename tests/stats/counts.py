"""Counts and levels as Hypothesis draws them, and the law that every interval of a share obeys."""

import pytest
from hypothesis import strategies as st

levels = st.sampled_from([0.8, 0.9, 0.95, 0.99])


@st.composite
def shares(draw):
    """Events and the number they are a share of."""
    n = draw(st.integers(1, 400))
    return draw(st.integers(0, n)), n


def assert_mirrored(method, pair, level, tolerance):
    """Events and non-events swapped mirror the interval."""
    events, n = pair
    lower, upper = method(events, n, level)
    mirrored = method(n - events, n, level)
    assert float(lower) == pytest.approx(1 - float(mirrored[1]), abs=tolerance)
    assert float(upper) == pytest.approx(1 - float(mirrored[0]), abs=tolerance)
