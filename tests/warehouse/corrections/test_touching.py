"""Which corrections touch what a receipt stands for."""

from __future__ import annotations

from datetime import date

import pytest

from tests import builders
from warehouse.connection import open_warehouse
from warehouse.corrections import Shown, corrections, touching

ENTRY = {
    "correction_id": "K2026-01",
    "published_on": "2026-12-01",
    "wrong_since": "2026-10-05",
    "corrected_on": "2026-12-01",
    "last_build": "aa" * 8,
    "kind": "data",
    "raised_by": "own",
    "title_id": "Judul",
    "title_en": "Title",
}
RECEIPT = f"{'bb' * 8}:0123456789ab"
OPEN = ENTRY | {
    "correction_id": "K2026-02",
    "published_on": "2026-12-05",
    "corrected_on": None,
    "last_build": None,
}


def scope(kind, *codes, number="K2026-01"):
    return [{"correction_id": number, "scope": kind, "code": code} for code in codes]


@pytest.fixture
def told(tmp_path):
    """`told(entries, scopes, shown)`: the numbers of the corrections that touch what was shown."""
    opened = []

    def ask(entries, scopes, shown):
        rows = {"core_correction": entries, "core_correction_scope": scopes}
        opened.append(open_warehouse(builders.build(tmp_path / str(len(opened)), rows)))
        return [one.correction_id for one in touching(opened[-1], shown)]

    yield ask
    for warehouse in opened:
        warehouse.close()


def on(day, **more):
    return Shown("ff" * 8, date.fromisoformat(day), **more)


def test_without_corrections_there_are_none(warehouse):
    assert corrections(warehouse) == ()
    assert touching(warehouse, Shown("x", date(2026, 11, 1))) == ()


def test_the_latest_comes_first_with_its_texts_and_codes(tmp_path):
    rows = {"core_correction": [ENTRY, OPEN], "core_correction_scope": scope("region", "64", "6172")}
    opened = open_warehouse(builders.build(tmp_path, rows))
    late, early = corrections(opened)
    opened.close()
    assert (late.correction_id, late.corrected_on, late.last_build) == ("K2026-02", None, None)
    assert early.regions == {"64", "6172"} and not late.regions
    assert (early.text("title", "id"), early.text("title", "en")) == ("Judul", "Title")
    assert early.wrong_since == date(2026, 10, 5)


@pytest.mark.parametrize(
    ("shown", "numbers"),
    [
        (on("2026-10-04"), []),
        (on("2026-10-05"), ["K2026-02", "K2026-01"]),
        (on("2026-11-30"), ["K2026-02", "K2026-01"]),
        (on("2026-12-01"), ["K2026-02"]),
        (Shown("aa" * 8, date(2026, 12, 1)), ["K2026-02", "K2026-01"]),
        (Shown("aa" * 8), ["K2026-01"]),
        (Shown("ff" * 8), []),
    ],
)
def test_a_build_is_touched_by_its_day_or_its_name(told, shown, numbers):
    assert told([ENTRY, OPEN], [], shown) == numbers


def test_where_builds_are_named_only_those_are_touched(told):
    scopes = scope("build", "bb" * 8)
    assert told([ENTRY], scopes, on("2026-11-01")) == []
    assert told([ENTRY], scopes, Shown("bb" * 8)) == ["K2026-01"]


def test_a_receipt_that_is_named_is_touched_whatever_else(told):
    scopes = scope("receipt", RECEIPT) + scope("region", "6408")
    assert told([ENTRY], scopes, Shown("ff" * 8, receipt=RECEIPT, regions=frozenset({"61"}))) == ["K2026-01"]


@pytest.mark.parametrize(
    ("receipt", "touched"),
    [
        (RECEIPT, True),
        (f"{RECEIPT}cdef", True),
        (f"{'bb' * 8}:0123456789ac", False),
        (f"{'cc' * 8}:0123456789ab", False),
        (None, True),
    ],
)
def test_a_correction_of_one_figure_touches_its_receipt_and_no_other_of_the_build(told, receipt, touched):
    """The build is of a day while it was wrong, and the last wrong one: the receipt says more."""
    entry = ENTRY | {"last_build": "bb" * 8}
    shown = Shown("bb" * 8, date(2026, 11, 1), receipt)
    assert bool(told([entry], scope("receipt", RECEIPT), shown)) is touched


def test_a_receipt_touches_no_other_build_of_its_days(told):
    assert told([ENTRY], scope("receipt", RECEIPT), on("2026-11-01")) == []


def test_builds_that_are_named_beside_receipts_are_touched_whole(told):
    scopes = scope("receipt", RECEIPT) + scope("build", "cc" * 8)
    for shown in (Shown("cc" * 8), Shown("cc" * 8, receipt=f"{'cc' * 8}:ffffffffffff"), Shown("bb" * 8)):
        assert told([ENTRY], scopes, shown) == ["K2026-01"]
    assert told([ENTRY], scopes, Shown("bb" * 8, receipt=f"{'bb' * 8}:ffffffffffff")) == []


@pytest.mark.parametrize(
    ("kind", "codes", "shown", "touched"),
    [
        ("region", ["6408"], {"regions": frozenset({"6408"})}, True),
        ("region", ["6408"], {"regions": frozenset({"64"})}, True),
        ("region", ["64"], {"regions": frozenset({"6408", "6172"})}, True),
        ("region", ["6408"], {"regions": frozenset({"6472"})}, False),
        ("region", ["6408"], {}, True),
        ("election", ["PILKADA2024"], {"elections": frozenset({"PEMILU2024"})}, False),
        ("election", ["PILKADA2024"], {"elections": frozenset({"PILKADA2024"})}, True),
        ("figure", ["alleged_rate"], {"figures": frozenset({"decided_persons"})}, False),
        ("figure", ["alleged_rate"], {"regions": frozenset({"6472"})}, True),
        ("table", ["core_case"], {"tables": frozenset({"core_case"})}, True),
        ("table", ["core_case"], {"tables": frozenset({"core_region"})}, False),
    ],
)
def test_what_was_shown_and_what_was_wrong_must_meet(told, kind, codes, shown, touched):
    assert bool(told([ENTRY], scope(kind, *codes), on("2026-11-01", **shown))) is touched
