"""Ranges of withheld counts: every count of a range is possible, none beside it, and what is far too wide is cut."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stats.between.hidden import _WIDEST, Hidden

units = st.lists(
    st.tuples(st.floats(0.1, 50), st.integers(0, 40), st.one_of(st.none(), st.integers(0, 90))), max_size=6
)


@given(units)
def test_the_possible_counts_are_those_of_the_range(drawn):
    ends = [(low, np.nan if width is None else low + width) for _, low, width in drawn]
    hidden = Hidden.of([mean for mean, _, _ in drawn], [low for low, _ in ends], [high for _, high in ends])
    counts, inside = hidden.possible()
    for row, kept, (low, high) in zip(counts, inside, ends, strict=True):
        last = low + _WIDEST if np.isnan(high) else high
        assert row[kept].tolist() == list(range(low, int(last) + 1))


def test_a_range_wider_than_matters_is_cut_from_above():
    hidden = Hidden.of([1.0, 1.0], [3, 0], [10**6, 9])
    assert hidden.most.tolist() == [3 + _WIDEST, 9]
    assert hidden.least.tolist() == [3, 0]
    assert hidden.middle.tolist() == [3 + _WIDEST / 2, 4.5]


def test_one_range_serves_all_units_and_nobody_has_none():
    assert Hidden.of([1.0, 2.0], 1, 4).most.tolist() == [4, 4]
    counts, inside = Hidden.nobody().possible()
    assert counts.shape[0] == inside.shape[0] == 0
