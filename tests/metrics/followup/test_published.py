"""What everybody is told of follow-up holds the true counts, is made of published tables alone, and says what is missing."""

import itertools
from datetime import date

import pytest

from errors import WarehouseError
from metrics.followup.asked import follow_up, waited
from metrics.followup.bodies import bodies
from metrics.followup.elections import election_clock
from metrics.followup.standing import PARTS, STAGES
from settings import Settings
from tests.etl.following.registers import built, rows
from tests.metrics.followup.rows import PROVINCES, counted
from warehouse.access.sealed import PER_PERSON
from warehouse.connection import open_warehouse
from warehouse.selection import Selection
from warehouse.tables import fetch, table

CODES = ("PILKADA2020", "PEMILU2024", "PILKADA2024")
GOVERNMENTS = ("6171", "6271", "6371", "64", "6408", "6472", "6571")
PLACES = (
    Selection(),
    *(Selection(provinces=(code,)) for code in PROVINCES),
    *(Selection(provinces=pair) for pair in itertools.combinations(PROVINCES, 2)),
    Selection(provinces=PROVINCES),
    *(Selection(governments=(code,)) for code in GOVERNMENTS),
    Selection(governments=("6408", "6472")),
    Selection(provinces=("64",), governments=("6171", "6472")),
)
PERIODS = ((), *((code,) for code in CODES), CODES[:2], ("PEMILU2019",), ("PEMILU2019", "PEMILU2024"))
COUNTS = ("persons", "waiting", "overdue", "blocked", "still_blocked", "steps", "undated")
DETAILS = (
    {"agencies": ("6472-rsud",)},
    {"since": date(2024, 1, 1)},
    {"until": date(2024, 1, 1)},
    {"statuses": ("decided",)},
    {"violations": ("DIS-01",)},
    {"employment": ("PNS",)},
)


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    """A build of a register of 260 persons."""
    folder = tmp_path_factory.mktemp("published")
    room = Settings(data=folder / "data", key_file=folder / "keys" / "pseudonym.key")
    built(room, folder, *rows(4, 260))
    return room


@pytest.fixture(scope="module")
def public(settings):
    opened = open_warehouse(settings)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def full(settings):
    opened = counted(settings, k=1)
    yield opened
    opened.close()


def holds(told, true):
    """Whether a range, or nothing, holds an exact count."""
    return told is None or (told.least <= true.exact and (told.most is None or true.exact <= told.most))


@pytest.mark.parametrize("elections", PERIODS, ids="+".join)
def test_every_range_holds_the_true_count(public, full, elections):
    exact = 0
    for place in PLACES:
        wish = Selection(provinces=place.provinces, governments=place.governments, elections=elections)
        told, true = follow_up(public, wish), follow_up(full, wish)
        for name in COUNTS:
            count = getattr(told, name)
            assert holds(count, getattr(true, name)), (wish, name)
            exact += count is not None and count.exact is not None
        cells = {(row["stage"], row["part"]): row for row in true.stages.to_dict("records")}
        for row in told.stages.to_dict("records"):
            own = cells[row["stage"], row["part"]]
            assert row["least"] <= own["persons"] and not row["most"] < own["persons"], (wish, row)
            assert row["total_least"] <= own["total_least"] and not row["total_most"] < own["total_least"]
            assert row["suppressed"] == (row["least"] != row["most"])
            assert row["suppressed"] or row["persons"] == own["persons"]
        assert told.is_registered == (true.persons.exact > 0 or true.is_registered)
    assert exact


@pytest.mark.parametrize("place", PLACES[:7])
def test_every_government_with_somebody_waiting_is_in_the_table_with_its_range(public, full, place):
    told = {row["government_code"]: row for row in follow_up(public, place).governments.to_dict("records")}
    for row in follow_up(full, place).governments.to_dict("records"):
        own = told[row["government_code"]]
        for name in ("waiting", "overdue"):
            n = row[f"{name}_least"]
            assert own[f"{name}_least"] <= n and not own[f"{name}_most"] < n


def test_all_kalimantan_has_every_stage_and_most_of_it_as_one_number(public):
    found = follow_up(public, Selection())
    assert found.is_published and found.hindering == ()
    assert list(found.stages["stage"].unique()) == list(STAGES)
    assert len(found.stages) == len(STAGES) * len(PARTS)
    assert found.persons.exact == 260
    assert (~found.stages["suppressed"]).sum() > len(found.stages) / 2
    assert found.as_of.replace(day=1) >= found.last_on


@pytest.mark.parametrize("filters", DETAILS, ids=lambda given: next(iter(given)))
def test_by_a_filter_that_is_in_no_table_nothing_is_told_and_the_filter_is_named(public, filters):
    wish = Selection(provinces=("64",), **filters)
    found = follow_up(public, wish)
    assert [getattr(found, name) for name in COUNTS] == [None] * len(COUNTS)
    assert not found.is_published and found.is_registered and not len(found.governments)
    name = next(iter(filters))
    assert found.hindering == (name,)
    assert not waited(public, wish).waits and name in waited(public, wish).hindering
    assert not bodies(public, wish).waits and name in bodies(public, wish).hindering
    assert not election_clock(public, wish).courses and name in election_clock(public, wish).hindering


def test_a_government_has_totals_but_no_stages(public):
    found = follow_up(public, Selection(governments=("6408",)))
    assert found.waiting is None or found.waiting.least >= 0
    assert not found.is_published and found.hindering == ("governments",)
    fine = follow_up(public, Selection(governments=("6408",), elections=("PEMILU2024",)))
    assert fine.hindering == ("governments", "elections") and fine.waiting is None


def test_curves_are_of_whole_places_and_all_elections(public):
    assert waited(public, Selection()).waits
    assert waited(public, Selection()).hindering == ()
    assert (
        waited(public, Selection(provinces=PROVINCES)).waits.keys()
        == waited(public, Selection()).waits.keys()
    )
    assert waited(public, Selection(elections=("PEMILU2024",))).hindering == ("elections",)
    assert waited(public, Selection(provinces=("61", "64"))).hindering == ("provinces",)
    assert waited(public, Selection(governments=("6472",))).hindering == ("governments",)
    one = waited(public, Selection(provinces=("64",)))
    assert one.hindering == ()
    for wait in one.waits.values():
        assert wait.is_drawn or wait.subjects < 10 or wait.median is None


def test_the_clock_is_of_all_kalimantan_election_by_election(public, full):
    found, true = election_clock(public, Selection()), election_clock(full, Selection())
    assert [course.code for course in found.courses] == [course.code for course in true.courses]
    for told, own in zip(found.courses, true.courses, strict=True):
        assert holds(told.persons, own.persons)
        assert (told.persons.exact is None) == told.steps.empty
        assert told.steps.empty or told.steps["persons"].iloc[-1] == own.persons.exact
        assert all(holds(count, own.phases[phase]) for phase, count in told.phases.items())
        # No roster is loaded.
        assert told.headcount == 0 and told.steps["rate"].isna().all()
    assert holds(found.outside, true.outside) and holds(found.in_re_votes, true.in_re_votes)
    (course,) = election_clock(public, Selection(elections=("PEMILU2024",))).courses
    assert course.code == "PEMILU2024"
    assert election_clock(public, Selection(provinces=("64",))).hindering == ("provinces",)


def test_nothing_of_it_asks_for_a_row_of_a_person(settings):
    closed = open_warehouse(settings)
    closed.backend().withheld = PER_PERSON
    for name in ("mart_case", "mart_followup"):
        with pytest.raises(WarehouseError):
            fetch(closed.backend(), table(closed.backend(), name))
    for question in (follow_up, waited, bodies, election_clock):
        for place, elections in itertools.product(PLACES, PERIODS):
            question(closed, Selection(place.provinces, place.governments, elections=elections))
    closed.close()
