"""From counts to figures: what is shown, what is hidden, whatever the counts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.definition import definition, definitions
from metrics.estimate import Counted, estimate

REASONS = ("none", "none", "none", "scope", "no_events_table", "no_roster")


@st.composite
def counts(draw):
    size = draw(st.integers(1, 6))
    exposure = draw(st.lists(st.integers(1, 60), min_size=size, max_size=size))
    events = [draw(st.integers(0, most)) for most in exposure]
    refusal = [draw(st.sampled_from(REASONS)) for _ in exposure]
    arrays = (np.array(values, dtype=float) for values in (events, exposure, exposure))
    return Counted(*arrays, np.array(refusal))


@given(counts(), st.sampled_from(sorted(definitions())), st.integers(3, 16))
def test_no_small_count_is_shown(counted, metric_id, k):
    metric = definition(metric_id)
    columns = estimate(counted, metric, k)
    shown = columns["refusal"] == "none"
    assert not ((columns["events"][shown] > 0) & (columns["events"][shown] < k)).any()
    if metric.kind == "proportion":
        rest = columns["exposure"][shown] - columns["events"][shown]
        assert not ((rest > 0) & (rest < k)).any()
        assert not (columns["exposure"][shown] < k).any()


@given(counts(), st.sampled_from(sorted(definitions())), st.integers(3, 16))
def test_hidden_rows_of_equal_exposure_look_alike(counted, metric_id, k):
    metric = definition(metric_id)
    # The same exposure with another count from 1 to k-1 must give the same row.
    columns = estimate(counted, metric, k)
    hidden = columns["suppressed"] & (counted.events > 0) & (counted.events < k)
    other = np.where(hidden, k - counted.events, counted.events)
    if metric.kind == "proportion":
        other = np.minimum(other, counted.exposure)
        hidden &= (other > 0) & (other < k)
    again = estimate(Counted(other, counted.exposure, counted.headcount, counted.refusal), metric, k)
    for name in ("events", "estimate", "lower", "upper", "interval_method", "refusal"):
        np.testing.assert_array_equal(columns[name][hidden], again[name][hidden])


@given(counts(), st.sampled_from(sorted(definitions())))
def test_refused_rows_show_nothing(counted, metric_id):
    columns = estimate(counted, definition(metric_id), 5)
    refused = counted.refusal != "none"
    assert (columns["refusal"][refused] == counted.refusal[refused]).all()
    for name in ("events", "exposure", "headcount", "estimate", "lower", "upper", "level"):
        assert np.isnan(columns[name][refused]).all()


def test_a_jeffreys_share_names_its_method():
    metric = definition("followed_up_share").model_copy(update={"interval": "jeffreys"})
    columns = estimate(Counted(np.array([5.0]), np.array([56.0]), np.zeros(1), np.array(["none"])), metric, 5)
    assert columns["interval_method"].tolist() == ["jeffreys"]
    assert columns["lower"].tolist() == pytest.approx([0.03489147])
