"""From counts to figures: what is shown, what is hidden, whatever the counts and the ranges they lie in."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.definition import definition, definitions
from metrics.estimate import Counted, estimate

REASONS = ("none", "none", "none", "scope", "no_events_table", "no_roster", "not_published")
METRICS = st.sampled_from(sorted(definitions()))
RANGED = st.sampled_from(sorted(name for name, one in definitions().items() if one.kind != "proportion"))
NUMBERS = ("events", "least", "most", "exposure", "headcount", "estimate", "lower", "upper", "level")


@st.composite
def counts(draw):
    """Events, exposure and refusal of some rows; the events are never more than the exposure."""
    size = draw(st.integers(1, 6))
    exposure = draw(st.lists(st.integers(1, 60), min_size=size, max_size=size))
    events = [draw(st.integers(0, most)) for most in exposure]
    refusal = [draw(st.sampled_from(REASONS)) for _ in exposure]
    return (*(np.array(values, dtype=float) for values in (events, exposure)), np.array(refusal))


@st.composite
def ranges(draw):
    """Rows of which only a range is told, of those and of all others the exposure."""
    events, exposure, refusal = draw(counts())
    least = np.array([draw(st.integers(0, int(count))) for count in events], dtype=float)
    most = np.array([draw(st.one_of(st.integers(int(count), 90), st.just(np.nan))) for count in events])
    told = np.where(least == most, events, np.nan)
    return Counted(told, least, most, exposure, exposure, refusal, events)


def exactly(drawn, k):
    events, exposure, refusal = drawn
    return Counted.exactly(events, exposure, exposure, refusal, k)


@given(counts(), METRICS, st.integers(3, 16))
def test_no_small_count_is_shown(drawn, metric_id, k):
    metric = definition(metric_id)
    columns = estimate(exactly(drawn, k), metric, k)
    shown = columns["refusal"] == "none"
    assert not ((columns["events"][shown] > 0) & (columns["events"][shown] < k)).any()
    if metric.kind == "proportion":
        rest = columns["exposure"][shown] - columns["events"][shown]
        assert not ((rest > 0) & (rest < k)).any()
        assert not (columns["exposure"][shown] < k).any()


@given(counts(), METRICS, st.integers(3, 16))
def test_hidden_rows_of_equal_exposure_look_alike(drawn, metric_id, k):
    metric = definition(metric_id)
    events, exposure, refusal = drawn
    # The same exposure with another count from 1 to k-1 must give the same row.
    columns = estimate(exactly(drawn, k), metric, k)
    hidden = columns["suppressed"] & (events > 0) & (events < k)
    other = np.where(hidden, k - events, events)
    if metric.kind == "proportion":
        other = np.minimum(other, exposure)
        hidden &= (other > 0) & (other < k)
    again = estimate(exactly((other, exposure, refusal), k), metric, k)
    for name in (*NUMBERS, "interval_method", "refusal"):
        np.testing.assert_array_equal(columns[name][hidden], again[name][hidden])


@given(ranges(), METRICS, st.integers(1, 9))
def test_nothing_told_depends_on_the_true_count_inside_a_range(counted, metric_id, k):
    metric = definition(metric_id)
    other = replace(counted, total=np.where(np.isnan(counted.events), counted.least, counted.total))
    first, again = (estimate(one, metric, k) for one in (counted, other))
    for name, column in first.items():
        np.testing.assert_array_equal(column, again[name])


@given(counts(), METRICS)
def test_a_range_of_one_count_is_that_count(drawn, metric_id):
    events, exposure, refusal = drawn
    told = Counted(events, events, events, exposure, exposure, refusal, events)
    first, again = (estimate(one, definition(metric_id)) for one in (told, exactly(drawn, 1)))
    for name, column in first.items():
        np.testing.assert_array_equal(column, again[name])
    shown = first["refusal"] == "none"
    assert (first["least"][shown] == events[shown]).all() and (first["most"][shown] == events[shown]).all()


@given(ranges(), RANGED)
def test_the_interval_of_a_range_holds_the_interval_of_every_count_in_it(counted, metric_id):
    metric = definition(metric_id)
    columns = estimate(counted, metric)
    hidden = columns["suppressed"] & ~np.isnan(counted.most)
    assert (columns["refusal"][hidden] == "suppressed").all() and np.isnan(columns["estimate"][hidden]).all()
    for end in (counted.least, counted.most, np.floor((counted.least + counted.most) / 2)):
        one = estimate(replace(counted, events=end, least=end, most=end), metric)
        low, high = (
            (one["lower"], one["upper"]) if metric.kind == "rate" else (one["estimate"], one["estimate"])
        )
        assert (columns["lower"][hidden] <= low[hidden]).all()
        assert (high[hidden] <= columns["upper"][hidden]).all()


@given(ranges(), RANGED, st.data())
def test_a_wider_range_never_gives_a_narrower_interval(counted, metric_id, data):
    metric, hidden = definition(metric_id), np.isnan(counted.events)
    least = [
        data.draw(st.integers(0, int(low))) if out else low
        for low, out in zip(counted.least, hidden, strict=True)
    ]
    most = [
        high + data.draw(st.integers(0, 9)) if out else high
        for high, out in zip(counted.most, hidden, strict=True)
    ]
    wide = replace(counted, least=np.array(least, dtype=float), most=np.array(most, dtype=float))
    near, far = (estimate(one, metric) for one in (counted, wide))
    assert not (far["lower"] > near["lower"]).any() and not (far["upper"] < near["upper"]).any()
    np.testing.assert_array_equal(np.isnan(near["upper"]), np.isnan(far["upper"]))


@given(ranges(), METRICS)
def test_what_nothing_bounds_has_no_interval(counted, metric_id):
    columns = estimate(counted, definition(metric_id))
    free = columns["suppressed"] & np.isnan(counted.most)
    for name in ("events", "estimate", "lower", "upper"):
        assert np.isnan(columns[name][free]).all()


@given(ranges(), st.integers(1, 9))
def test_a_share_is_told_only_of_counts_that_are_told(counted, k):
    """A range of the numerator would tell of the rest, which is the numerator's complement."""
    columns = estimate(counted, definition("followed_up_share"), k)
    hidden = (counted.refusal == "none") & np.isnan(counted.events)
    assert columns["suppressed"][hidden].all()
    for name in NUMBERS:
        assert np.isnan(columns[name][hidden]).all()
    unknown = replace(counted, exposure=np.full(len(counted.exposure), np.nan))
    assert estimate(unknown, definition("followed_up_share"), k)["suppressed"].tolist() == (
        (counted.refusal == "none").tolist()
    )


@given(counts(), METRICS)
def test_refused_rows_show_nothing(drawn, metric_id):
    refusal = drawn[2]
    columns = estimate(exactly(drawn, 5), definition(metric_id), 5)
    refused = refusal != "none"
    assert (columns["refusal"][refused] == refusal[refused]).all()
    for name in NUMBERS:
        assert np.isnan(columns[name][refused]).all()


def test_a_jeffreys_share_names_its_method():
    metric = definition("followed_up_share").model_copy(update={"interval": "jeffreys"})
    columns = estimate(exactly((np.array([5.0]), np.array([56.0]), np.array(["none"])), 5), metric, 5)
    assert columns["interval_method"].tolist() == ["jeffreys"]
    assert columns["lower"].tolist() == pytest.approx([0.03489147])
