"""Rates, spelt out: persons per 1,000 civil servants, with the interval and every reason to refuse.

In the election TEST (1 to 10 January 2024) the headcount of the city 6472 grows on a straight line from 1,000 on
1 January to 3,000 on 11 January: 1,000, 1,200, … 2,800 on the ten days, in the mean 1,900.
"""

from datetime import date

import pandas as pd
import pytest

from tests.builders import case, heads, recommended
from warehouse.selection import Selection

GROWING = [heads(1000, as_of=date(2024, 1, 1)), heads(3000, as_of=date(2024, 1, 11))]


def cases(count, make=case, **other):
    return [make(**{"election_code": "TEST", "event_on": date(2024, 1, 5)} | other) for _ in range(count)]


def test_19_persons_among_1900_civil_servants_are_10_per_1000(ask_one):
    row = ask_one(GROWING, cases(19), "alleged_rate", period="election")
    assert row["events"] == 19
    assert row["exposure"] == pytest.approx(1900)
    assert row["headcount"] == 3000  # the snapshot of 11 January is nearest to the last day
    assert row["estimate"] == pytest.approx(10)
    # Exact Poisson limits of 19 are 11.439 and 29.671 (Garwood).
    assert row["lower"] == pytest.approx(11.439 / 1.9, abs=1e-3)
    assert row["upper"] == pytest.approx(29.671 / 1.9, abs=1e-3)
    assert row["interval_method"] == "exact_poisson"
    assert row["level"] == 0.95
    assert (row["period_start"], row["period_end"]) == (
        pd.Timestamp("2024-01-01"),
        pd.Timestamp("2024-01-10"),
    )


def test_without_an_election_the_unit_is_asn_years(ask_one):
    # Ten days of 1,900 civil servants are 19,000 days or 52.02 years of 365.25 days.
    row = ask_one(GROWING, cases(19), "alleged_rate", period="whole")
    assert row["exposure"] == pytest.approx(19000 / 365.25)
    assert row["estimate"] == pytest.approx(1000 * 19 / (19000 / 365.25))


def test_one_chosen_election_is_per_1000_civil_servants_also_as_a_whole(ask):
    result = ask(GROWING, cases(19), "alleged_rate", Selection(governments=("6472",), elections=("TEST",)))
    assert result.frame["estimate"].tolist() == pytest.approx([10])
    assert result.basis == "asn"
    assert result.unit("en") == "persons per 1,000 civil servants over the election's window"


def test_zero_events_are_a_result_with_the_one_sided_bound(ask_one):
    elsewhere = cases(6, government_code="6402")
    row = ask_one(GROWING, elsewhere, "alleged_rate", period="election")
    assert (row["events"], row["estimate"], row["lower"]) == (0, 0.0, 0.0)
    assert row["upper"] == pytest.approx(2.9957 / 1.9, abs=1e-4)
    assert row["interval_method"] == "exact_poisson_zero"
    assert row["refusal"] == "none"


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_one_to_four_persons_are_hidden_and_all_look_alike(ask_one, count):
    row = ask_one(GROWING, cases(count), "alleged_rate", period="election")
    assert pd.isna(row["events"])
    assert pd.isna(row["estimate"])
    assert row["suppressed"] is True
    assert row["refusal"] == "suppressed"
    assert row["exposure"] == pytest.approx(1900)
    # Lower limit of 1 and upper limit of 4 persons: 0.0253 and 10.2416.
    assert row["lower"] == pytest.approx(0.0253 / 1.9, abs=1e-4)
    assert row["upper"] == pytest.approx(10.2416 / 1.9, abs=1e-4)
    assert row["interval_method"] == "exact_poisson_range"


def test_five_persons_are_shown(ask_one):
    assert ask_one(GROWING, cases(5), "alleged_rate", period="election")["events"] == 5


@pytest.mark.parametrize(("as_of", "refusal"), [(date(2022, 7, 2), "none"), (date(2022, 7, 1), "no_roster")])
def test_a_roster_counts_up_to_548_days_away(ask_one, as_of, refusal):
    assert (date(2024, 1, 1) - date(2022, 7, 2)).days == 548
    row = ask_one([heads(1000, as_of=as_of)], cases(5), "alleged_rate", period="election")
    assert row["refusal"] == refusal


def test_without_a_roster_there_is_no_rate_and_the_events_are_counted_apart(ask):
    result = ask([], cases(7), "alleged_rate", period="election")
    row = result.frame.to_dict("records")[0]
    assert row["refusal"] == "no_roster"
    assert all(
        pd.isna(row[name]) for name in ("events", "exposure", "headcount", "estimate", "lower", "upper")
    )
    assert result.events_out_of_scope == 7
    assert {"partial_roster", "events_left_out"} <= set(result.caveats)


def test_too_few_events_apart_are_not_told(ask):
    assert ask([], cases(4), "alleged_rate", period="election").events_out_of_scope is None


def test_a_government_that_did_not_vote_is_out_of_scope(ask):
    # 6471 does not vote in TEST.
    staff = [heads(1000, "6471", as_of=date(2024, 1, 1))]
    chosen = Selection(governments=("6471",))
    result = ask(staff, cases(6, government_code="6471"), "alleged_rate", chosen, period="election")
    assert result.frame["refusal"].tolist() == ["scope"]
    assert result.events_out_of_scope == 6


def test_the_provincial_government_votes_with_its_regencies(ask_one):
    staff = [heads(1000, "64", as_of=date(2024, 1, 1))]
    row = ask_one(
        staff,
        cases(6, government_code="64"),
        "alleged_rate",
        Selection(governments=("64",)),
        period="election",
    )
    assert row["estimate"] == pytest.approx(6)


def test_numerator_and_denominator_cover_the_same_governments(ask):
    # 6402 has cases but no roster: the province's rate leaves both out.
    both = cases(19) + cases(8, government_code="6402")
    result = ask(
        GROWING, both, "alleged_rate", Selection(provinces=("64",)), by="province", period="election"
    )
    assert result.frame["estimate"].tolist() == pytest.approx([10])
    assert result.events_out_of_scope == 8
    assert result.coverage.governments_with_roster == 1
    assert result.coverage.governments_total == 3  # 64, 6402 and 6472 vote


def test_no_register_is_not_zero(ask_one):
    assert (
        ask_one(GROWING, [], "alleged_rate", Selection(governments=("6472",), elections=("TEST",)))["refusal"]
        == "no_events_table"
    )
    assert ask_one(GROWING, [], "alleged_rate")["refusal"] == "no_events_table"


def test_days_outside_the_data_are_out_of_scope(ask_one):
    later = Selection(governments=("6472",), since=date(2030, 1, 1))
    row = ask_one(GROWING, cases(9), "alleged_rate", later)
    assert row["refusal"] == "scope"


def test_pns_and_pppk_have_their_own_denominators(ask):
    staff = [heads(1000, as_of=date(2024, 1, 1)), heads(500, as_of=date(2024, 1, 1), employment_type="PPPK")]
    persons = cases(10) + cases(10, employment_type="PPPK") + cases(5, employment_type="unknown")
    result = ask(staff, persons, "alleged_rate", period="election", group="employment_type")
    assert dict(zip(result.frame["group"], result.frame["estimate"], strict=True)) == pytest.approx(
        {"PNS": 10, "PPPK": 20}
    )
    assert result.events_out_of_scope == 5
    assert "unknown_employment" in result.caveats
    overall = ask(staff, persons, "alleged_rate", period="election")
    assert overall.frame["estimate"].tolist() == pytest.approx([1000 * 25 / 1500])
    filtered = ask(
        staff,
        persons,
        "alleged_rate",
        Selection(governments=("6472",), employment=("PNS",)),
        period="election",
    )
    assert filtered.frame["estimate"].tolist() == pytest.approx([10])


def test_status_and_violation_narrow_the_numerator_only(ask_one):
    persons = cases(10) + cases(6, status="decided") + cases(7, violation_code="ETIK-01")
    rate = {
        wish: ask_one(
            GROWING,
            persons,
            "alleged_rate",
            Selection(governments=("6472",), **{wish: value}),
            period="election",
        )
        for wish, value in (("statuses", ("decided",)), ("violations", ("ETIK-01",)))
    }
    assert rate["statuses"]["estimate"] == pytest.approx(1000 * 6 / 1900)
    assert rate["violations"]["estimate"] == pytest.approx(1000 * 7 / 1900)


def test_a_recommended_breach_is_counted_by_the_day_of_the_act(ask_one):
    persons = cases(10) + cases(9, recommended)
    row = ask_one(GROWING, persons, "recommended_rate", period="election")
    assert row["estimate"] == pytest.approx(1000 * 9 / 1900)


def test_agencies_have_their_own_civil_servants(ask):
    staff = [heads(1000, as_of=date(2024, 1, 1)), heads(200, as_of=date(2024, 1, 1), agency_id="6472-rsud")]
    persons = cases(5) + cases(6, agency_id="6472-rsud") + cases(5, agency_id=None)
    result = ask(staff, persons, "alleged_rate", by="agency", period="election")
    assert dict(zip(result.frame["unit_name"], result.frame["estimate"], strict=True)) == pytest.approx(
        {"Dinas Pendidikan": 5, "Rsud": 30}
    )
    assert result.events_out_of_scope == 5  # no agency is known for them
