"""Which counts are too small to be published."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.disclosure import small, small_share


def test_one_to_four_are_small_at_five_and_zero_is_not():
    assert small([0, 1, 4, 5, 100], 5).tolist() == [False, True, True, False, False]


@pytest.mark.parametrize(
    ("events", "n", "hidden"),
    [
        (0, 0, False),
        (0, 20, False),
        (20, 20, False),
        (3, 20, True),
        (18, 20, True),
        (0, 4, True),
        (4, 4, True),
        (5, 10, False),
    ],
)
def test_a_share_hides_small_numerators_complements_and_denominators(events, n, hidden):
    assert bool(small_share(events, n, 5)) is hidden


def test_a_threshold_is_positive():
    with pytest.raises(AssertionError, match="positive"):
        small(1, 0)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(1, 16))
def test_a_published_share_shows_no_small_count(events, others, k):
    if not small_share(events, events + others, k):
        assert all(count == 0 or count >= k for count in (events, others, events + others))
