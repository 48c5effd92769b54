"""The answer as a whole: its units, periods, refusals and what it says about itself."""

from datetime import date

import pandas as pd
import pytest

from errors import SelectionError
from metrics.answer import answer
from tests import builders
from tests.builders import case, heads
from warehouse.connection import open_warehouse
from warehouse.selection import Selection


@pytest.fixture
def warehouse(full):
    return full


def opened(tmp_path, **rows):
    return builders.in_full(builders.build(tmp_path, rows, k=None))


def test_every_unit_has_a_row_in_order_with_its_name(warehouse):
    island = answer(warehouse, "alleged_rate", Selection(), by="kalimantan").frame
    assert island[["unit_id", "unit_name"]].values.tolist() == [["kalimantan", "Kalimantan"]]
    provinces = answer(warehouse, "alleged_rate", Selection(), by="province").frame
    assert provinces["unit_id"].tolist() == ["61", "62", "63", "64", "65"]
    assert provinces["unit_name"].tolist()[3] == "Kalimantan Timur"
    governments = answer(warehouse, "alleged_rate", Selection(), by="government").frame
    assert governments["unit_id"].tolist() == sorted(governments["unit_id"])
    assert len(governments) == 61


def test_an_agency_carries_its_government_unless_one_is_chosen(warehouse):
    many = answer(warehouse, "alleged_rate", Selection(provinces=("64",)), by="agency").frame
    assert "Rsud — Samarinda" in many["unit_name"].tolist()
    one = answer(warehouse, "alleged_rate", Selection(governments=("6472",)), by="agency").frame
    assert one["unit_name"].tolist() == ["Dinas Pendidikan", "Rsud"]


def test_chosen_agencies_stand_for_their_governments(warehouse):
    chosen = Selection(agencies=("6472-rsud", "64-rsud"))
    found = answer(warehouse, "alleged_rate", chosen, by="government")
    assert found.frame["unit_id"].tolist() == ["64", "6472"]
    assert found.frame["headcount"].tolist() == [18000, 12000]
    assert answer(warehouse, "alleged_rate", chosen, by="agency").frame["unit_id"].tolist() == [
        "64-rsud",
        "6472-rsud",
    ]


def test_elections_with_cases_and_those_near_a_roster_are_shown(warehouse):
    found = answer(warehouse, "alleged_rate", Selection(), by="kalimantan", period="election").frame
    assert found["period"].tolist() == ["PEMILU2024", "PILKADA2024"]
    chosen = Selection(elections=("PSU2025-KUKAR", "PILKADA2020"))
    found = answer(warehouse, "alleged_rate", chosen, by="kalimantan", period="election").frame
    assert found["period"].tolist() == ["PILKADA2020", "PSU2025-KUKAR"]
    assert found["refusal"].tolist() == ["no_events_table", "no_events_table"]


def test_an_election_near_a_roster_but_without_cases_says_so(tmp_path):
    warehouse = opened(tmp_path, mart_workforce=[heads(100)], mart_case=[case() for _ in range(6)])
    found = answer(warehouse, "alleged_persons", Selection(), by="kalimantan", period="election").frame
    assert found["period"].tolist() == ["PEMILU2024", "PILKADA2024"]
    assert found["refusal"].tolist() == ["no_events_table", "none"]


def test_the_whole_starts_with_the_first_window_and_ends_with_the_data(warehouse):
    row = answer(warehouse, "alleged_rate", Selection(), by="kalimantan").frame.iloc[0]
    assert row["period_start"] == pd.Timestamp("2024-02-14") - pd.Timedelta(days=360)
    assert row["period_end"] == pd.Timestamp("2024-11-30")


def test_what_the_answer_says_about_itself(warehouse):
    found = answer(warehouse, "alleged_rate", Selection(provinces=("64",)))
    assert found.is_simulated is True
    assert found.as_of == (date(2023, 11, 30), date(2024, 11, 30))
    assert found.basis == "asn_years"
    assert found.unit("en") == "persons per 1,000 civil servants per year"
    assert found.coverage.governments_with_roster == 3
    assert found.coverage.governments_total == 11
    assert found.caveats == (
        "alleged_not_established",
        "reporting_propensity",
        "register_coverage",
        "unknown_employment",
        "partial_roster",
        "suppressed_cells",
    )
    assert len(found.sql) == 2
    assert "mart_case" in found.sql[0]
    assert "mart_workforce" in found.sql[1]


def test_several_elections_and_an_old_roster_are_told(tmp_path):
    warehouse = opened(
        tmp_path,
        mart_workforce=[heads(100, as_of=date(2024, 11, 30))],
        mart_case=[
            case(election_code=code, event_on=day)
            for code, day in (("PILKADA2020", date(2020, 10, 1)), ("PILKADA2024", date(2024, 10, 1)))
            for _ in range(5)
        ],
    )
    chosen = Selection(elections=("PILKADA2020", "PILKADA2024"))
    caveats = answer(warehouse, "alleged_rate", chosen, by="kalimantan").caveats
    assert {"several_elections", "old_roster"} <= set(caveats)
    assert "old_roster" not in answer(warehouse, "alleged_persons", chosen, by="kalimantan").caveats


def test_shares_and_counts_have_no_snapshots(warehouse):
    found = answer(warehouse, "followed_up_share", Selection())
    assert (found.as_of, found.basis, len(found.sql)) == ((), "persons", 1)
    assert found.unit("id") == "bagian dari orang yang direkomendasikan"


def test_real_data_are_not_called_simulated(tmp_path):
    warehouse = opened(
        tmp_path,
        mart_workforce=[heads(1000, is_simulated=False)],
        mart_case=[case(is_simulated=False) for _ in range(5)],
    )
    found = answer(warehouse, "alleged_rate", Selection())
    assert found.is_simulated is False
    assert not found.frame["is_simulated"].any()


@pytest.mark.parametrize(
    "wish", [{"by": "island"}, {"period": "month"}, {"group": "colour"}, {"group": "position_class"}]
)
def test_an_impossible_wish_is_the_readers_error(warehouse, wish):
    with pytest.raises(SelectionError, match="cannot be split"):
        answer(warehouse, "alleged_rate", Selection(), **wish)


def test_an_outcome_is_no_group_of_its_own_share(warehouse):
    with pytest.raises(SelectionError, match="comparison"):
        answer(warehouse, "as_recommended_share", Selection(), group="comparison")


@pytest.mark.parametrize("by", ["kalimantan", "province", "government", "agency"])
@pytest.mark.parametrize("period", ["whole", "election"])
def test_a_selection_of_nothing_is_answered(warehouse, by, period):
    nothing = Selection(provinces=("61",), governments=("6472",))
    frame = answer(warehouse, "alleged_rate", nothing, by=by, period=period).frame
    assert frame["refusal"].eq("scope").all()
    assert len(frame) == (0 if by != "kalimantan" else 1 if period == "whole" else 2)


@pytest.mark.parametrize("metric_id", ["alleged_rate", "followed_up_share", "alleged_persons"])
def test_an_empty_warehouse_is_answered(tmp_path, metric_id):
    warehouse = opened(tmp_path)
    frame = answer(warehouse, metric_id, Selection()).frame
    assert frame["refusal"].eq("no_events_table").all()
    assert len(answer(warehouse, metric_id, Selection(), period="election").frame) == 0


def test_dates_without_days_in_an_election_are_out_of_scope(warehouse):
    before = Selection(elections=("PILKADA2024",), until=date(2020, 1, 1))
    for period in ("whole", "election"):
        frame = answer(warehouse, "alleged_rate", before, by="kalimantan", period=period).frame
        assert frame["refusal"].tolist() == ["scope"]


def test_an_unknown_election_is_out_of_scope(warehouse):
    frame = answer(warehouse, "alleged_rate", Selection(elections=("NONE",)), by="kalimantan").frame
    assert frame["refusal"].tolist() == ["scope"]


def test_the_threshold_of_small_numbers_is_that_of_the_build(tmp_path):
    for threshold, refusal in ((5, "none"), (10, "suppressed")):
        rows = {"mart_case": [case() for _ in range(7)]}
        warehouse = open_warehouse(builders.build(tmp_path / str(threshold), rows, k=threshold))
        assert warehouse.suppress_below == threshold
        frame = answer(warehouse, "alleged_persons", Selection(governments=("6472",))).frame
        assert frame["refusal"].tolist() == [refusal]


def test_views_of_one_page_share_their_counts(warehouse):
    one = answer(warehouse, "alleged_rate", Selection(), by="government")
    two = answer(warehouse, "alleged_rate", Selection(), by="province")
    assert one.sql[0] is two.sql[0]
    assert one.sql[1] is two.sql[1]


# Ibis 12 asks pandas 3 for an option that pandas will drop.
@pytest.mark.filterwarnings("ignore:The 'future.infer_string' option:pandas.errors.Pandas4Warning")
def test_another_engine_gives_the_same_answers(tmp_path):
    warehouse = open_warehouse(builders.build(tmp_path, builders.example_rows()))
    other = open_warehouse(builders.copy_to_sqlite(warehouse, tmp_path / "copy.sqlite"))
    wishes = (Selection(), Selection(since=date(2024, 1, 1), provinces=("64",), employment=("PNS",)))
    for metric_id, by, period, group in (
        ("alleged_rate", "province", "election", None),
        ("alleged_rate", "government", "whole", "employment_type"),
        ("followed_up_share", "agency", "whole", None),
        ("alleged_persons", "kalimantan", "election", "category"),
    ):
        for wish in wishes:
            here, there = (answer(w, metric_id, wish, by, period, group) for w in (warehouse, other))
            pd.testing.assert_frame_equal(here.frame, there.frame)
            assert here.events_out_of_scope == there.events_out_of_scope
    other.close()


@pytest.mark.parametrize("metric_id", ["alleged_rate", "alleged_persons"])
def test_a_province_without_any_case_has_no_register_and_no_zero(tmp_path, metric_id):
    staff = [heads(5000, "6472"), heads(5000, "6402"), heads(5000, "6171")]
    world = opened(tmp_path, mart_workforce=staff, mart_case=[case("6472")] * 9)
    frame = answer(world, metric_id, Selection(), by="government").frame.set_index("unit_id")
    assert frame.loc["6402", ["events", "refusal"]].tolist() == [0, "none"]
    assert frame.loc["6171", "refusal"] == "no_events_table"
    assert frame.loc[["6171"], ["estimate", "upper"]].isna().all(axis=None)
    island = answer(world, "alleged_rate", Selection(), by="kalimantan").frame
    assert island["headcount"].tolist() == [10_000]
    world.close()
