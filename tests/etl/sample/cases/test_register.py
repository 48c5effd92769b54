import pytest

from etl.sample.cases.hands import BASE_HEADERS, HANDS
from etl.sample.cases.register import AMBIGUOUS, Catalogue
from etl.sample.places import read_rows
from settings import Settings

REFERENCE = Settings().reference


@pytest.fixture(scope="module")
def catalogue():
    return Catalogue.of(
        *(read_rows(REFERENCE / f"{name}.csv") for name in ("elections", "violation_types", "sanctions"))
    )


@pytest.mark.parametrize("hand", HANDS, ids=lambda hand: hand.province)
def test_every_hand_has_every_column_once(hand):
    assert list(hand.headers) == list(BASE_HEADERS)
    assert len(set(hand.headers.values())) == len(hand.headers)


def test_no_word_means_two_violations(catalogue):
    words = [word for choices in catalogue.violations.values() for word in choices]
    assert AMBIGUOUS not in words
    assert len(words) == len(set(words))


def test_no_name_means_two_sanctions_of_different_severity(catalogue):
    severity = {row["code"]: row["severity"] for row in read_rows(REFERENCE / "sanctions.csv")}
    by_name = {}
    for code, name in catalogue.sanctions.items():
        by_name.setdefault(name, set()).add(severity[code])
    assert all(len(levels) == 1 for levels in by_name.values())
