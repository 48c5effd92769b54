"""A change of one unit is told apart from waves that all have, and never points at a small count."""

from datetime import date

import pytest

from metrics.signals.change import change
from tests import builders
from tests.builders import case, heads
from tests.metrics.signals.months import BURST, MONTHS, OURS, PLACES, staff, steady
from warehouse.access.scope import Scope
from warehouse.connection import open_warehouse
from warehouse.selection import Selection

MINE = Scope("official", governments=("6472", "6503", "6571", "6101"))


def verdict(folder, cases, selection=OURS, rosters=None):
    rows = {"mart_workforce": staff() if rosters is None else rosters, "mart_case": cases}
    return told(builders.build(folder, rows), selection)


def told(settings, selection):
    """The verdict as officials of the city, and of two other provinces' governments, are told it."""
    own = open_warehouse(settings, scope=MINE)
    try:
        return change(open_warehouse(settings), selection, own)
    finally:
        own.close()


def test_a_burst_of_one_government_is_a_change_with_its_months(tmp_path):
    extra = [case(event_on=day) for day in BURST for _ in range(12)]
    found = verdict(tmp_path, steady() + extra)
    assert (found.state, found.since, found.until) == ("up", date(2023, 1, 1), date(2023, 3, 1))
    assert (found.first, found.last) == (date(2022, 1, 1), date(2024, 11, 1))
    assert 0 < found.false_alarms <= 0.1
    assert 0 < found.power < 1
    assert found.is_simulated


def test_silence_of_one_government_is_a_change_downwards(tmp_path):
    cases = [row for row in steady() if row["government_code"] != "6472" or row["event_on"] < MONTHS[18]]
    found = verdict(tmp_path, cases)
    assert (found.state, found.since, found.until) == ("down", date(2023, 7, 1), date(2024, 11, 1))


def test_a_wave_that_all_have_is_no_change(tmp_path):
    wave = [case(code, event_on=day) for code in PLACES for day in BURST for _ in range(6)]
    found = verdict(tmp_path, steady() + wave)
    assert (found.state, found.since) == ("none", None)


def test_several_persons_of_one_case_are_one_event(tmp_path):
    many = [case(event_on=BURST[0], case_id="C1", person_number=number) for number in range(1, 49)]
    assert verdict(tmp_path, steady() + many).state == "none"


def test_a_place_that_does_not_vote_is_not_compared_with_places_that_do(tmp_path):
    """In 2018 Tarakan (6571) elected its mayor and Nunukan (6503) no one: a wave of voting places is not its silence."""
    months = [date(2017 + n // 12, n % 12 + 1, 10) for n in range(30)]
    votes = [
        {"election_code": "PILKADA2018", "region_code": code, "contest": "regent_mayor"}
        for code in ("6571", "6472")
    ]
    cases = [
        case(code, event_on=day)
        for code in ("6571", "6472", "6503", "6402")
        for day in months
        for _ in range(4)
    ]
    cases += [
        case(code, event_on=day) for code in ("6571", "6472") for day in months[10:18] for _ in range(8)
    ]
    rows = {
        "core_election_region": votes,
        "mart_case": cases,
        "mart_workforce": [heads(5000, code, date(2018, 6, 30)) for code in ("6571", "6472", "6503", "6402")],
        "core_build": [{"build_id": builders.BUILD_ID, "as_of": date(2019, 6, 30)}],
    }
    built = builders.build(tmp_path, rows)
    for code in ("6503", "6571"):
        assert told(built, Selection(governments=(code,))).state == "none"


@pytest.mark.parametrize("outside", [1, 2, 4])
def test_a_stretch_beside_a_small_count_is_not_shown(tmp_path, outside):
    """All but a few persons in one burst: naming the burst would say how few the others are."""
    others = [row for row in steady() if row["government_code"] != "6472"]
    burst = [case(event_on=day) for day in BURST for _ in range(40)]
    rest = [case(event_on=day) for day in MONTHS[30 : 30 + outside]]
    assert verdict(tmp_path / "shown", others + burst).state == "up"
    hidden = verdict(tmp_path / "hidden", others + burst + rest)
    assert (hidden.state, hidden.since, hidden.until) == ("none", None, None)


@pytest.mark.parametrize("count", [0, 3, 9])
def test_few_persons_are_not_judged(tmp_path, count):
    others = [row for row in steady() if row["government_code"] != "6472"]
    found = verdict(tmp_path, others + [case(event_on=BURST[0]) for _ in range(count)])
    assert (found.state, found.power, found.false_alarms) == ("few", 0.0, 0.0)


def test_silence_of_a_unit_that_could_hardly_be_heard_is_no_verdict(tmp_path):
    others = [row for row in steady() if row["government_code"] != "6472"]
    found = verdict(tmp_path, others + [case(event_on=day) for day in MONTHS[::2]])
    assert (found.state, found.since) == ("few", None)


def test_one_agency_is_judged_by_its_own_staff(tmp_path):
    place = {"agency_id": "6472-rsud"}
    extra = [case(event_on=day, **place) for day in BURST for _ in range(6)]
    rosters = [*staff(), *(heads(900, as_of=day, **place) for day in (date(2022, 6, 30), date(2024, 11, 30)))]
    quiet = [case(event_on=day, **place) for day in MONTHS[::3]]
    found = verdict(tmp_path, steady() + quiet + extra, Selection(agencies=("6472-rsud",)), rosters)
    assert (found.state, found.since) == ("up", date(2023, 1, 1))


def test_without_roster_or_register_it_is_said(tmp_path):
    assert verdict(tmp_path / "a", steady(), rosters=staff(PLACES[:3])).state == "no_roster"
    assert verdict(tmp_path / "b", steady(), Selection(governments=("6101",))).state == "no_register"
    old = [heads(5000, code, date(2012, 6, 30)) for code in PLACES]
    assert verdict(tmp_path / "c", steady(), rosters=old).state == "no_roster"


@pytest.mark.parametrize(
    "selection", [Selection(), Selection(governments=("6472", "6402")), Selection(provinces=("64",))]
)
def test_several_units_have_no_verdict(tmp_path, selection):
    assert verdict(tmp_path, steady(), selection) is None


def test_the_election_and_the_days_chosen_do_not_matter_and_filters_of_cases_leave_no_verdict(tmp_path):
    extra = [case(event_on=day, violation_code="DIS-02") for day in BURST for _ in range(12)]
    built = builders.build(tmp_path, {"mart_workforce": staff(), "mart_case": steady() + extra})
    chosen = Selection(governments=("6472",), elections=("PEMILU2024",), since=date(2024, 1, 1))
    assert told(built, chosen) == told(built, OURS)
    assert told(built, OURS).state == "up"
    other = Selection(governments=("6472",), violations=("DIS-01",))
    assert told(built, other).state == "not_published"


def test_the_public_is_told_no_verdict(tmp_path):
    extra = [case(event_on=day) for day in BURST for _ in range(12)]
    rows = {"mart_workforce": staff(), "mart_case": steady() + extra}
    assert change(open_warehouse(builders.build(tmp_path, rows)), OURS).state == "not_published"
