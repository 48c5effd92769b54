"""What must stay stays under every setting; the rest goes when it is old and not among the latest."""

from datetime import date

import pytest
import yaml

from errors import WarehouseError
from etl.retention.policy import STAYS, judged
from tests.etl.correcting.test_listing import ENTRY
from tests.etl.retention.conftest import name

TODAY = date(2036, 11, 26)
DAYS = ["2015-03-01", "2020-02-29", "2026-11-26", "2026-11-27", "2030-01-01", "2036-11-25"]


def reasons(settings, today=TODAY):
    return {int(found.manifest.build_id[1:], 16): found.reason for found in judged(settings, today)}


def correct(settings, **changes):
    entry = {key: value for key, value in ENTRY.items() if key != "last_build"} | changes
    (settings.corrections / "2026.yml").write_text(yaml.safe_dump([entry], allow_unicode=True))


def test_by_default_nothing_goes_before_its_ten_years_are_over(place):
    settings = place(DAYS, keep_builds=0)
    assert reasons(settings) == {0: "over", 1: "over", 2: "over", 3: "young", 4: "previous", 5: "current"}
    assert reasons(settings, date(2036, 11, 25))[2] == "young"


def test_the_latest_stay_whatever_their_age(place):
    assert reasons(place(DAYS, keep_builds=4, keep_years=0)) == {
        0: "over", 1: "over", 2: "recent", 3: "recent", 4: "previous", 5: "current"
    }  # fmt: skip


def test_what_readers_see_and_the_way_back_stay_after_a_rollback_too(place):
    settings = place(DAYS, current=1, history=[0, 1, 2, 3, 4, 5], keep_builds=0, keep_years=0)
    assert reasons(settings) == {0: "previous", 1: "current", 2: "over", 3: "over", 4: "over", 5: "over"}


@pytest.mark.parametrize("named", ["builds", "last_build"])
def test_a_build_that_a_correction_names_stays(place, named):
    settings = place(DAYS, keep_builds=0, keep_years=0)
    correct(
        settings,
        **{named: [name(1)] if named == "builds" else name(1)},
        **({} if named == "builds" else {"builds": [name(1)]}),
    )
    assert reasons(settings)[1] == "corrected"
    assert reasons(settings)[0] == "over"


def test_a_build_whose_receipt_a_correction_names_stays_and_others_of_its_days_do_not(place):
    settings = place(DAYS, keep_builds=0, keep_years=0)
    days = {"wrong_since": date(2015, 1, 1), "corrected_on": date(2026, 11, 27)}
    correct(settings, receipts=[f"{name(1)}:0123456789ab"], **days)
    assert reasons(settings)[1] == "corrected"
    assert (reasons(settings)[0], reasons(settings)[2]) == ("over", "over")


def test_a_correction_without_names_speaks_of_every_build_of_its_days(place):
    settings = place(DAYS, keep_builds=0, keep_years=0)
    correct(settings, wrong_since=date(2020, 2, 29), corrected_on=date(2026, 11, 27))
    assert reasons(settings) == {
        0: "over", 1: "corrected", 2: "corrected", 3: "over", 4: "previous", 5: "current"
    }  # fmt: skip


def test_a_build_of_no_known_day_and_one_of_the_future_stay(place):
    settings = place(["", "2099-01-01", "2030-01-01", "2030-01-02"], keep_builds=0)
    assert {reasons(settings)[0], reasons(settings)[1]} == {"young"}


def test_without_a_current_build_nothing_is_judged(place):
    settings = place(DAYS, keep_builds=0, keep_years=0)
    (settings.build / "current").unlink()
    with pytest.raises(WarehouseError):
        judged(settings, TODAY)


def test_what_stays_under_every_setting_is_named():
    assert STAYS == ("current", "previous", "corrected")
