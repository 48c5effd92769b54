"""What data/protection.yml takes as known of limits and sanctions is what the files of the repository say."""

import csv

from settings import ROOT


def rows(name):
    with (ROOT / "data" / "reference" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_what_is_judged_after_a_decision_is_judged_under_pp_94_alone():
    """So whoever is past such a limit is decided: without a day of the decision no limit applies."""
    judged = [row for row in rows("followup_limits") if row["judged"] == "yes"]
    assert {row["stage"] for row in judged} == {"review", "delivery", "effect"}
    for row in judged:
        assert row["stage"] == "review" or (row["regime"] == "PP94" and row["valid_from"])


def test_pp_94_has_light_medium_and_heavy_sanctions_alone():
    assert {row["severity"] for row in rows("sanctions") if row["regime"] == "PP94"} <= {
        "light",
        "medium",
        "heavy",
    }
