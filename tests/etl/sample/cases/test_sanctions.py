import datetime

import numpy as np
import pytest

from etl.sample.cases.sanctions import imposed, recommended
from etl.sample.model import SampleModel, read_definition
from etl.sample.places import read_rows
from settings import Settings

REFERENCE = Settings().reference
MODEL = read_definition(REFERENCE / "sample_model.yml", SampleModel).cases.sanctions
CATALOGUE = {row["code"]: row for row in read_rows(REFERENCE / "sanctions.csv")}
TYPES = [row["code"] for row in read_rows(REFERENCE / "violation_types.csv") if row["offender"] == "asn"]
OLD, NEW = datetime.date(2020, 10, 1), datetime.date(2024, 10, 1)


def is_valid(code: str, on: datetime.date) -> bool:
    row = CATALOGUE[code]
    return (row["valid_from"] or "1900-01-01") <= on.isoformat() <= (row["valid_to"] or "2999-12-31")


@pytest.mark.parametrize("on", [OLD, NEW])
@pytest.mark.parametrize("code", TYPES)
@pytest.mark.parametrize("is_pppk", [False, True])
def test_every_sanction_exists_at_the_date_of_the_act(code, on, is_pppk):
    random = np.random.default_rng(1)
    for _ in range(40):
        asked = recommended(code, on, is_pppk, MODEL, random)
        given = imposed(asked, on, MODEL, random)
        assert not asked or is_valid(asked, on)
        assert is_valid(given, on)
        assert not (on == NEW and (asked.startswith("P53") or given.startswith("P53")))


def test_ethics_ends_with_a_moral_sanction():
    random = np.random.default_rng(2)
    assert {recommended("ETIK-04", NEW, False, MODEL, random) for _ in range(60)} == {
        "MORAL_OPEN",
        "MORAL_CLOSED",
    }


def test_most_sanctions_are_as_recommended_and_few_heavier():
    random = np.random.default_rng(3)
    ranks = {code: int(row["rank"]) for code, row in CATALOGUE.items()}
    fates = {"same": 0, "lighter": 0, "heavier": 0}
    for _ in range(600):
        asked = recommended("DIS-06", NEW, False, MODEL, random)
        change = ranks[imposed(asked, NEW, MODEL, random)] - ranks[asked]
        fates["same" if change == 0 else "heavier" if change > 0 else "lighter"] += 1
    assert fates["same"] > fates["lighter"] > fates["heavier"] > 0


@pytest.mark.parametrize("code", ["DIS-12", "PP94-N1"])
def test_where_no_level_is_fixed_none_is_recommended(code):
    assert recommended(code, NEW, False, MODEL, np.random.default_rng(4)) == ""
