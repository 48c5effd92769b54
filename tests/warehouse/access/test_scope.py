"""What a scope holds, and how claims become one: never more than was claimed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from settings import SignIn
from warehouse.access.claims import MOST_PLACES, Places, understood
from warehouse.access.scope import PUBLIC, ROLES, Scope
from warehouse.selection import Selection

KNOWN = Places({"64", "61"}, {"64", "6472", "6402", "61"}, {"6472-rsud", "61-rsud"})
HOMES = {"6472-rsud": "6472", "61-rsud": "61", "6402-rsud": "6402"}
PROVINCE = Scope("official", provinces=("64",))
CITY = Scope("official", governments=("6472",))
HOSPITAL = Scope("official", agencies=("6472-rsud",))


def read(role=None, scope=None):
    claims = {"netra_role": role, "netra_scope": scope, "sub": "a"}
    return understood({name: value for name, value in claims.items() if value is not None}, SignIn(), KNOWN)


def test_an_official_has_the_places_that_are_claimed():
    found = read("official", ["province:64", "government:61", "agency:6472-rsud"])
    assert found.scope == Scope("official", ("64",), ("61",), ("6472-rsud",))
    assert found.doubts == ()
    assert read("official", "government:6472 agency:61-rsud").scope == Scope(
        "official", governments=("6472",), agencies=("61-rsud",)
    )
    assert read(["official"], ["government:6472"]).scope == CITY


def test_no_claim_is_the_public_without_a_word():
    assert read() == read(role="") == read(role=[])
    assert (read().scope, read().doubts) == (PUBLIC, ())


@pytest.mark.parametrize(
    "role", ["Official", "admin", "official ", ["official", "steward"], {"official": 1}, 7, True]
)
def test_an_unclear_role_is_the_public_and_is_told(role):
    found = read(role, ["province:64"])
    assert found.scope == PUBLIC
    assert found.doubts[0][0] == "role"


@pytest.mark.parametrize(
    "place",
    ["province:99", "government:64:6472", "6472", "province:", "region:64", "*", "province:*", "agency:6472", "", 64,
     None, ["province:64"], "Province:64", "government:6472,6402", "province: 64"],
)  # fmt: skip
def test_a_place_that_is_not_known_is_left_out_and_told(place):
    found = read("official", ["government:6472", place])
    assert found.scope == CITY
    assert [why for why, _ in found.doubts] == ["place"]


def test_an_official_without_any_known_place_is_the_public():
    assert read("official").scope == PUBLIC
    assert read("official", ["province:99"]).doubts == (("place", "province:99"), ("no_place", ""))
    assert read("official", ["province:64"] * (MOST_PLACES + 1)).scope == PUBLIC
    assert read("official", {"province": "64"}).scope == PUBLIC


@pytest.mark.parametrize("role", ["researcher", "steward", "public"])
def test_only_an_official_has_places(role):
    found = read(role, ["province:64"])
    assert found.scope == Scope(role)
    assert not found.scope.has_places
    assert found.doubts == (("place_without_role", "province:64"),)
    with pytest.raises(AssertionError):
        Scope(role, provinces=("64",))


@given(
    st.one_of(st.none(), st.sampled_from(ROLES), st.text(), st.lists(st.sampled_from(ROLES)), st.integers()),
    st.one_of(
        st.none(), st.text(), st.integers(), st.lists(st.one_of(st.text(), st.none(), st.sampled_from(
            ["province:64", "government:6472", "agency:61-rsud", "government:1", "province:6472"]
        ))),
    ),
)  # fmt: skip
def test_no_claim_gives_more_than_it_says(role, scope):
    found = read(role, scope).scope
    for kind, code in found.places():
        said = scope.split() if isinstance(scope, str) else scope
        assert f"{kind}:{code}" in said
        assert code in getattr(KNOWN, kind)
    assert found.role == "public" or found.role in (role if isinstance(role, list) else [role])


def test_equal_scopes_are_one_key():
    assert (
        len({Scope("official", governments=("a", "b")), Scope("official", governments=("b", "a", "b"))}) == 1
    )


@pytest.mark.parametrize(
    ("scope", "selection", "inside"),
    [
        (PROVINCE, Selection(), False),
        (PROVINCE, Selection(provinces=("64",)), True),
        (PROVINCE, Selection(provinces=("61", "64")), False),
        (PROVINCE, Selection(governments=("6472", "6402")), True),
        (PROVINCE, Selection(agencies=("6472-rsud", "61-rsud")), False),
        (CITY, Selection(provinces=("64",)), False),
        (CITY, Selection(governments=("6472",)), True),
        (CITY, Selection(provinces=("64",), governments=("6472",)), True),
        (CITY, Selection(agencies=("6472-rsud",)), True),
        (CITY, Selection(agencies=("unknown",)), False),
        (HOSPITAL, Selection(governments=("6472",)), False),
        (HOSPITAL, Selection(governments=("6472",), agencies=("6472-rsud",)), True),
        (HOSPITAL, Selection(agencies=("6402-rsud",)), False),
        (PUBLIC, Selection(agencies=("6472-rsud",)), False),
        (PUBLIC, Selection(), False),
        (Scope("steward"), Selection(provinces=("64",)), False),
    ],
)
def test_a_selection_is_inside_where_every_row_is(scope, selection, inside):
    assert scope.holds_all(selection, HOMES) is inside
