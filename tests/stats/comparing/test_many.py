"""False discoveries among many comparisons."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.comparing.many import adjusted

# Benjamini and Hochberg 1995, JRSS B 57:289, section 3.3: fifteen p-values, of which four are rejected at 5 %.
PRINTED = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0,
]  # fmt: skip
values = st.lists(st.floats(0, 1), min_size=1, max_size=12)


def test_the_example_of_benjamini_and_hochberg_rejects_four():
    found = adjusted(PRINTED)
    assert (found <= 0.05).tolist() == [True] * 4 + [False] * 11
    # The fourth is compared with 4/15 of 5 % = 0.013.
    assert found[3] == pytest.approx(0.0095 * 15 / 4)


@given(values)
def test_it_agrees_with_statsmodels(p):
    from statsmodels.stats.multitest import multipletests

    assert adjusted(p) == pytest.approx(multipletests(p, method="fdr_bh")[1])


@given(values)
def test_an_adjusted_value_is_no_smaller_and_keeps_the_order(p):
    found = adjusted(p)
    assert (found >= np.asarray(p) - 1e-12).all()
    assert (np.diff(found[np.argsort(p, kind="stable")]) >= -1e-12).all()


def test_values_that_are_missing_take_no_part():
    found = adjusted([0.01, np.nan, 0.04])
    assert found[[0, 2]].tolist() == adjusted([0.01, 0.04]).tolist()
    assert np.isnan(found[1])
    assert np.isnan(adjusted([np.nan])).all()
