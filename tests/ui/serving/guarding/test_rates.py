"""Buckets: a burst is free, what comes after it is paced, and memory is bounded."""

from hypothesis import given
from hypothesis import strategies as st

from ui.serving.guarding.rates import Complaints, Rates


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_a_burst_is_free_and_tokens_come_back():
    clock = Clock()
    rates = Rates(2, 3, clock)
    assert [rates.take("a") for _ in range(4)] == [True, True, True, False]
    assert rates.take("b")
    clock.now = 0.5
    assert [rates.take("a") for _ in range(2)] == [True, False]


def test_who_waits_gets_a_place_behind_the_one_before():
    rates = Rates(2, 1, Clock())
    assert [rates.wait("a") for _ in range(3)] == [0.0, 0.5, 1.0]


def test_the_longest_unseen_is_forgotten():
    rates = Rates(1, 1, Clock(), most=2)
    for visitor in "abc":
        rates.take(visitor)
    assert len(rates) == 2
    assert not rates.take("b")
    assert rates.take("a")


@given(st.lists(st.floats(0, 5), max_size=60))
def test_never_more_than_the_burst_and_what_time_gives(pauses):
    clock = Clock()
    rates, taken = Rates(3, 5, clock), 0
    for pause in pauses:
        clock.now += pause
        taken += rates.take("a")
        assert taken <= 5 + 3 * clock.now + 1e-6


def test_nobody_fills_the_log(caplog):
    complaints = Complaints()
    for visitor in ["192.0.2.1"] * 50 + ["192.0.2.2"]:
        complaints.tell(visitor, "asks for more than it may")
    assert [record.getMessage().split()[0] for record in caplog.records] == ["192.0.2.1", "192.0.2.2"]
