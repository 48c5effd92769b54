"""Shares and counts, spelt out: what lies in the numerator, what in the denominator, what is hidden."""

from datetime import date

import pandas as pd
import pytest

from tests.builders import case, decided, recommended
from warehouse.selection import Selection

WITHIN = {"election_code": "TEST", "event_on": date(2024, 1, 5)}


def persons(count, make, *given, **other):
    return [make(*given, **WITHIN | other) for _ in range(count)]


def test_ten_recommended_five_decided_are_one_half(ask_one):
    rows = persons(7, case) + persons(5, recommended) + persons(5, decided)
    row = ask_one([], rows, "followed_up_share")
    assert (row["events"], row["exposure"], row["estimate"]) == (5, 10, 0.5)
    # Wilson limits of 5 out of 10.
    assert row["lower"] == pytest.approx(0.2366, abs=5e-5)
    assert row["upper"] == pytest.approx(0.7634, abs=5e-5)
    assert row["interval_method"] == "wilson"
    assert pd.isna(row["headcount"])


def test_none_decided_is_zero_not_missing(ask_one):
    row = ask_one([], persons(20, recommended), "followed_up_share")
    assert (row["events"], row["estimate"], row["lower"]) == (0, 0.0, 0.0)
    # Newcombe's 0 out of 20.
    assert row["upper"] == pytest.approx(0.1611, abs=5e-5)


def test_nothing_recommended_leaves_nothing_to_share(ask_one):
    row = ask_one([], persons(8, case), "followed_up_share")
    assert row["refusal"] == "no_cases"
    assert (row["events"], row["exposure"]) == (0, 0)
    assert pd.isna(row["estimate"])


@pytest.mark.parametrize(("open_cases", "closed"), [(10, 3), (3, 10), (2, 2), (4, 0)])
def test_a_small_numerator_complement_or_denominator_is_hidden(ask_one, open_cases, closed):
    row = ask_one([], persons(open_cases, recommended) + persons(closed, decided), "followed_up_share")
    assert row["refusal"] == "suppressed"
    assert all(pd.isna(row[name]) for name in ("events", "exposure", "estimate", "lower", "upper"))


def test_heavier_counts_as_recommended_and_unknown_severity_is_left_out(ask_one):
    rows = (
        persons(6, decided, "as_recommended")
        + persons(2, decided, "heavier")
        + persons(8, decided, "lighter")
        + persons(9, decided, "unknown")
    )
    row = ask_one([], rows, "as_recommended_share")
    assert (row["events"], row["exposure"], row["estimate"]) == (8, 16, 0.5)


def test_a_count_is_a_count(ask_one):
    row = ask_one([], persons(12, case), "alleged_persons")
    assert (row["events"], row["estimate"], row["interval_method"]) == (12, 12.0, "none")
    assert all(pd.isna(row[name]) for name in ("lower", "upper", "level", "exposure", "headcount"))


def test_a_small_count_tells_its_range_only(ask_one):
    row = ask_one([], persons(3, case), "alleged_persons")
    assert row["refusal"] == "suppressed"
    assert (row["lower"], row["upper"]) == (1, 4)
    assert pd.isna(row["events"])


def test_severities_stay_apart_and_zero_stays_zero(ask):
    rows = (
        persons(6, recommended, "moral") + persons(7, recommended, "light") + persons(2, recommended, "heavy")
    )
    result = ask([], rows, "recommended_persons", group="recommended_severity")
    events = dict(zip(result.frame["group"], result.frame["events"], strict=True))
    assert list(events) == ["moral", "light", "medium", "heavy", "criminal", "unknown", "none"]
    assert (events["moral"], events["light"], events["medium"]) == (6, 7, 0)
    assert pd.isna(events["heavy"])
    assert "suppressed_cells" in result.caveats


def test_several_persons_of_one_case_are_several_persons(ask_one):
    rows = [case(**WITHIN, case_id="C1", person_number=n) for n in range(1, 7)]
    assert ask_one([], rows, "alleged_persons")["events"] == 6


def test_a_count_needs_no_vote_but_nothing_where_none_voted_is_out_of_scope(ask):
    rows = persons(6, case, government_code="6471") + persons(5, case)
    chosen = Selection(governments=("6471", "6472", "6474", "6402"))
    result = ask([], rows, "alleged_persons", chosen, period="election")
    found = result.frame.set_index("unit_id")
    assert found["refusal"].to_dict() == {"6402": "none", "6471": "none", "6472": "none", "6474": "scope"}
    assert found.loc["6402", "events"] == 0
    assert found.loc["6471", "events"] == 6


def test_the_days_of_the_selection_are_both_included(ask_one):
    rows = persons(5, case) + [
        case(election_code="TEST", event_on=date(2024, 1, day)) for day in (4, 6) for _ in range(7)
    ]
    chosen = Selection(governments=("6472",), since=date(2024, 1, 5), until=date(2024, 1, 5))
    assert ask_one([], rows, "alleged_persons", chosen)["events"] == 5
