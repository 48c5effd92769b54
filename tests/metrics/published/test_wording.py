"""The names by which a metric, a filter and a group are asked of the protected table are those that the build writes."""

import pytest

from etl.protecting.family import read_family
from etl.protecting.measures import measures
from metrics.definition import definition, definitions
from metrics.published.cells import COVERED
from metrics.published.wording import conditions, filtered, names, stated
from warehouse.selection import Selection

EVERYBODY = Selection()


def asked(metric_id, selection=EVERYBODY, group=None, events=True):
    return names(filtered(conditions(definition(metric_id), events=events), selection, group))


@pytest.mark.parametrize(
    ("metric_id", "events", "wanted"),
    [
        ("alleged_persons", True, {"persons"}),
        ("alleged_rate", True, {"persons"}),
        ("decided_persons", True, {"is_decided=true"}),
        ("recommended_rate", True, {"is_recommended=true"}),
        ("followed_up_share", True, {"is_decided=true&is_recommended=true"}),
        ("followed_up_share", False, {"is_recommended=true"}),
        (
            "as_recommended_share",
            True,
            {"comparison=as_recommended&is_decided=true", "comparison=heavier&is_decided=true"},
        ),
    ],
)
def test_a_metric_asks_for_the_measures_of_its_conditions(metric_id, events, wanted):
    assert set(asked(metric_id, events=events)) == wanted


def test_filters_and_groups_are_conditions_more():
    chosen = Selection(employment=("PNS", "PPPK"))
    assert set(asked("decided_persons", chosen)) == {
        "employment_type=PNS&is_decided=true",
        "employment_type=PPPK&is_decided=true",
    }
    assert asked("alleged_persons", group=("category", "discipline")) == ("category=discipline",)
    assert asked("alleged_persons", chosen, ("employment_type", "PNS")) == ("employment_type=PNS",)
    assert asked("alleged_persons", chosen, ("employment_type", "unknown")) == ()
    assert asked("alleged_persons", Selection(statuses=("decided",), violations=("DIS-01",))) == (
        "status=decided&violation_code=DIS-01",
    )


def test_a_covered_measure_is_in_order_too():
    where = conditions(definition("recommended_rate"), events=True)
    assert names(where, COVERED) == ("is_covered=true&is_recommended=true",)
    assert names({}, COVERED) == (COVERED,)
    assert names({}) == ("persons",)


def test_employment_on_record_and_none():
    assert set(names(stated({}))) == {"employment_type=PNS", "employment_type=PPPK"}
    assert names(stated({}, known=False)) == ("employment_type=unknown",)
    assert names(stated({"employment_type": frozenset(("PNS", "unknown"))})) == ("employment_type=PNS",)
    assert names(stated(stated({}), known=False)) == ()


SPLIT = [
    ("alleged_persons", ("employment_type", "PNS")),
    ("alleged_rate", ("category", "discipline")),
    ("recommended_persons", ("employment_type", "PPPK")),
    ("recommended_rate", ("recommended_severity", "moral")),
    ("decided_persons", ("employment_type", "unknown")),
    ("decided_persons", ("imposed_severity", "light")),
    ("decided_persons", ("comparison", "lighter")),
    ("followed_up_share", ("employment_type", "PNS")),
]


@pytest.mark.parametrize(("metric_id", "group"), [*((name, None) for name in definitions()), *SPLIT])
def test_the_names_are_written_as_the_build_writes_them(metric_id, group):
    """Every metric is published of the whole of Kalimantan, and these splits."""
    published = set(measures(read_family(), read_family().levels["kalimantan"]["whole"]).conditions)
    for events in (True, False) if definition(metric_id).kind == "proportion" else (True,):
        assert set(asked(metric_id, group=group, events=events)) <= published
