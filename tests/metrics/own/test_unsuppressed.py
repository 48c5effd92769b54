"""Own rows are what the counts say, every other row is what the public sees: for every metric, unit, period and group."""

import pandas as pd
import pytest

from metrics.answer import answer
from metrics.own.unsuppressed import in_full
from tests import builders
from warehouse.access.scope import Scope
from warehouse.connection import open_warehouse
from warehouse.selection import Selection

SCOPES = {
    "province": Scope("official", provinces=("64",)),
    "small": Scope("official", governments=("6402",)),
    "agency": Scope("official", agencies=("6472-dinas-pendidikan",)),
    "mixed": Scope("official", governments=("6171",), agencies=("64-dinas-pendidikan",)),
}
SELECTIONS = {
    "all": Selection(),
    "own": Selection(governments=("6402",)),
    "two": Selection(provinces=("64",), governments=("6402", "6472")),
    "agency": Selection(agencies=("6472-dinas-pendidikan",)),
    "foreign": Selection(provinces=("61",)),
    "election": Selection(elections=("PILKADA2024",), employment=("PNS",)),
    "status": Selection(provinces=("64",), statuses=("decided",)),
}
INSIDE = {
    ("province", "province"): {"64"},
    ("province", "government"): {"64", "6472", "6402"},
    ("small", "government"): {"6402"},
    ("agency", "agency"): {"6472-dinas-pendidikan"},
    ("mixed", "agency"): {"6171-dinas-pendidikan", "64-dinas-pendidikan"},
    ("mixed", "government"): {"6171"},
}


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    settings = builders.build(tmp_path_factory.mktemp("full"), builders.example_rows())
    everything = builders.in_full(settings)
    everything.suppress_below = 1
    found = {name: open_warehouse(settings, scope=scope) for name, scope in SCOPES.items()}
    return found | {"public": open_warehouse(settings), "everything": everything}


QUESTIONS = (
    ("alleged_persons", "kalimantan", "whole", None),
    ("alleged_persons", "government", "election", None),
    ("alleged_persons", "agency", "whole", "category"),
    ("alleged_rate", "province", "election", None),
    ("alleged_rate", "government", "whole", "employment_type"),
    ("alleged_rate", "agency", "whole", None),
    ("followed_up_share", "government", "whole", None),
    ("followed_up_share", "agency", "election", None),
    ("decided_persons", "province", "whole", "imposed_severity"),
)


@pytest.mark.parametrize("selected", SELECTIONS)
def test_own_rows_are_in_full_and_all_others_are_the_publics(opened, selected):
    more = dict.fromkeys(SCOPES, 0)
    for metric_id, *split in QUESTIONS:
        asked = (metric_id, SELECTIONS[selected], *split)
        public, everything = (answer(opened[who], *asked) for who in ("public", "everything"))
        for name in SCOPES:
            told = in_full(opened["public"], opened[name], public)
            own = public.frame["unit_id"].isin(told.own)
            pd.testing.assert_frame_equal(told.frame[~own], public.frame[~own])
            pd.testing.assert_frame_equal(told.frame[own], everything.frame[own])
            assert not told.frame[own]["suppressed"].any()
            assert told.events_out_of_scope == public.events_out_of_scope
            more[name] += int((public.frame["refusal"].isin(["suppressed", "not_published"]) & own).sum())
    homes = {"6472-dinas-pendidikan": "6472"}
    assert all(more[name] > 0 for name in SCOPES if SCOPES[name].holds_all(SELECTIONS[selected], homes))


@pytest.mark.parametrize(("name", "by"), INSIDE)
def test_a_unit_is_own_where_all_of_it_lies_inside(opened, name, by):
    public = answer(opened["public"], "alleged_persons", Selection(), by)
    told = in_full(opened["public"], opened[name], public)
    wanted = INSIDE[name, by]
    if (name, by) == ("province", "government"):
        assert told.own == {code for code in public.frame["unit_id"] if code[:2] == "64"} > wanted
    else:
        assert told.own == wanted


@pytest.mark.parametrize("name", SCOPES)
def test_kalimantan_is_nobodys_own_unless_the_filter_leaves_only_own_places(opened, name):
    everywhere = answer(opened["public"], "alleged_persons", Selection(), "kalimantan")
    assert in_full(opened["public"], opened[name], everywhere) is everywhere
    chosen = Selection(governments=("6402",))
    narrowed = in_full(
        opened["public"], opened[name], answer(opened["public"], "alleged_persons", chosen, "kalimantan")
    )
    assert bool(narrowed.own) is (name in ("province", "small"))
    if narrowed.own:
        assert narrowed.head["events"] == 4
