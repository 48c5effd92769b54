"""Sign-in is off unless the secrets are whole; a session of nobody is the public."""

from typing import get_args

import pytest

from language import words
from tests.ui.access.conftest import AUTH
from ui.access import control, offered, session
from ui.access.visit import State


@pytest.fixture
def secrets(monkeypatch):
    def hold(**changed):
        monkeypatch.setattr(session, "get_secrets_auth_section", lambda: AUTH | changed)

    return hold


def test_a_whole_section_turns_sign_in_on(secrets):
    secrets()
    assert session.providers() == {"default": AUTH}


@pytest.mark.parametrize("name", [*offered.SHARED, *offered.NEEDED])
def test_a_section_that_lacks_anything_leaves_it_off(secrets, name):
    secrets(**{name: ""})
    assert session.providers() == {}


def test_a_weak_cookie_secret_leaves_it_off(secrets):
    secrets(cookie_secret="x" * 31)
    assert session.providers() == {}


def test_without_secrets_it_is_off(monkeypatch):
    monkeypatch.setattr(session, "get_secrets_auth_section", dict)
    assert session.providers() == {}


def test_places_are_those_of_the_build_without_merged_agencies(site):
    found = session.places()
    assert "64" in found.province
    assert {"6402", "64"} <= found.government
    assert "6402-rsud" in found.agency
    assert not found.province & {"6402"}


def test_every_way_in_which_a_sign_in_no_longer_holds_is_told_in_both_languages():
    assert set(control.LOST) == set(get_args(State)) - {"off", "out", "in"}
    told = {words(lang)(f"access.state.{state}") for lang in ("id", "en") for state in control.LOST}
    assert len(told) == 2 * len(control.LOST)
