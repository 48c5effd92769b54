"""A sign-in by account stands in the audit log with one end, whichever way it ends; the rest of it is told to nobody."""

import threading
import time

import pytest

import settings as settings_module
from audit.reading import entries, log_file
from errors import StorageError
from tests.ui.access.conftest import AUTH
from ui.access import run, session
from ui.access.provider import Provider, UnreachableError
from ui.stays import Stay, Stays, stays
from warehouse.access.scope import PUBLIC

HOURS = 8 * 3600


class Reader:
    """One browser's session: what its cookie claims, and what the log says after each of its clicks."""

    def __init__(self, people, monkeypatch):
        self.people, self.user, self.now = people, people.add("rina", "official", ["government:6402"]), 0.0
        self.stays = Stays(clock=lambda: time.time() + self.now)
        monkeypatch.setattr(session, "STAYS", self.stays)
        monkeypatch.setattr(session, "PROVIDER", Provider(people.fetch, clock=lambda: self.now))
        monkeypatch.setattr(session, "claimed", lambda: self.user)
        monkeypatch.setattr(session, "token", lambda: self.user["tokens"].get("access"))
        monkeypatch.setattr(session.st, "logout", lambda: None)

    def click(self, seconds=100):
        """A run of a page, so long after the one before that the provider is asked again."""
        self.now += seconds
        run.begin()
        return session.enter()

    @staticmethod
    def told():
        found = entries(log_file(settings_module.read()))
        return [(one.kind, one.account, one.about.get("scope") or one.about.get("reason")) for one in found]


@pytest.fixture
def reader(site, people, monkeypatch):
    return Reader(people, monkeypatch)


def withdrawn(reader, monkeypatch):
    reader.people.claims.clear()


def of_another_provider(reader, monkeypatch):
    monkeypatch.setattr(session, "providers", lambda: {"default": AUTH | {"client_id": "another"}})


def expired(reader, monkeypatch):
    reader.user["exp"] = reader.user["iat"] - 1


ENDS = {
    withdrawn: "withdrawn",
    of_another_provider: "foreign",
    expired: "expired",
}


@pytest.mark.parametrize("change", ENDS, ids=lambda change: change.__name__)
def test_a_sign_in_that_no_longer_holds_is_signed_out_in_the_log_once(reader, monkeypatch, change):
    for _ in range(2):
        assert reader.click().state == "in"
    change(reader, monkeypatch)
    for _ in range(3):
        assert reader.click().scope == PUBLIC
    reader.stays.tell()
    assert reader.told() == [("sign_in", "rina", "official"), ("sign_out", "rina", ENDS[change])]


def without_a_token(reader):
    return {}


def with_the_token_of_another(reader):
    return reader.people.add("doni", "official", ["government:6171"])["tokens"]


def with_a_token_that_is_refused(reader):
    return {"access": "an older one of rina's own"}


TABS = {
    without_a_token: ("no_token", "in", None),
    with_the_token_of_another: ("mixed", "in", None),
    with_a_token_that_is_refused: ("ended", "ended", "withdrawn"),
}


@pytest.mark.parametrize("tokens", TABS, ids=lambda tokens: tokens.__name__)
def test_tabs_of_one_sign_in_with_different_cookies_do_not_make_the_log_grow(reader, tokens):
    own, other = reader.user, reader.user | {"tokens": tokens(reader)}
    state, after, reason = TABS[tokens]
    assert reader.click().state == "in"
    for _ in range(5):
        reader.user = other
        found = reader.click()
        assert (found.state, found.scope) == (state, PUBLIC)
        reader.user = own
        assert reader.click().state == after
    ends = [("sign_out", "rina", reason)] if reason else []
    assert reader.told() == [("sign_in", "rina", "official"), *ends]


def test_a_sign_in_whose_time_is_up_is_signed_out_though_nobody_clicks(reader):
    reader.click()
    reader.now = 3599
    reader.stays.tell()
    assert len(reader.told()) == 1
    reader.now = 3601
    reader.stays.tell()
    assert reader.told()[1:] == [("sign_out", "rina", "expired")]


def test_the_hours_of_the_settings_end_it_before_the_token_does(reader):
    reader.user["exp"] += 10 * HOURS
    reader.click()
    reader.now = HOURS + 1
    reader.stays.tell()
    assert reader.told()[1:] == [("sign_out", "rina", "expired")]


def test_signing_out_is_the_only_end_whatever_other_tabs_do(reader):
    reader.click()
    session.leave()
    assert reader.click().state == "ended"
    session.leave()
    reader.stays.stop()
    assert reader.told() == [("sign_in", "rina", "official"), ("sign_out", "rina", "left")]


def test_signing_out_ends_every_sign_in_of_the_account_and_nobody_elses(reader):
    """Two tabs that were opened before signing in hold two sign-ins of one person."""
    first = reader.user
    second = first | {"nonce": "of the second tab"}
    other = reader.people.add("doni", "official", ["government:6171"])
    for user in (first, second, other):
        reader.user = user
        assert reader.click().state == "in"
    reader.user = second
    session.leave()
    told = reader.told()
    assert told[3:] == [("sign_out", "rina", "left")] * 2
    for user, state in ((first, "ended"), (second, "ended"), (other, "in")):
        reader.user = user
        assert reader.click().state == state
    reader.user = first | {"nonce": "of a sign-in after that"}
    assert reader.click().state == "in"
    assert reader.told() == [*told, ("sign_in", "rina", "official")]


def test_who_signs_out_is_told_to_have_left_though_another_tab_notices_first(reader, monkeypatch):
    reader.click()
    real = reader.stays.end

    def noticed(name, reason):
        with monkeypatch.context() as patched:
            patched.setattr(reader.stays, "end", real)
            assert reader.click().state == "ended"
        real(name, reason)

    with monkeypatch.context() as patched:
        patched.setattr(reader.stays, "end", noticed)
        session.leave()
    assert reader.told() == [("sign_in", "rina", "official"), ("sign_out", "rina", "left")]


@pytest.mark.parametrize("is_known", [True, False], ids=["known before", "its first click"])
def test_who_signs_out_while_another_tab_waits_for_the_provider_is_the_public_there(
    reader, monkeypatch, is_known
):
    if is_known:
        reader.click()
    inside, go, found = threading.Event(), threading.Event(), []

    def slow(address, token):
        inside.set()
        assert go.wait(20)
        return reader.people.fetch(address, token)

    monkeypatch.setattr(session, "PROVIDER", Provider(slow, clock=lambda: reader.now))
    tab = threading.Thread(target=lambda: found.append((reader.click(), run.scope())))
    tab.start()
    assert inside.wait(20)
    session.leave()
    go.set()
    tab.join()
    assert [(visit.state, visit.scope, scope) for visit, scope in found] == [("ended", PUBLIC, PUBLIC)]
    reader.stays.stop()
    both = [("sign_in", "rina", "official"), ("sign_out", "rina", "left")]
    assert reader.told() == (both if is_known else [])


def test_a_role_taken_away_ends_the_stay_as_official(reader):
    reader.click()
    reader.people.claims["token-rina"] |= {"netra_role": "public", "netra_scope": []}
    for _ in range(2):
        assert reader.click().scope == PUBLIC
    assert reader.told() == [
        ("sign_in", "rina", "official"),
        ("sign_out", "rina", "role"),
        ("sign_in", "rina", "public"),
    ]


def test_a_provider_that_does_not_answer_ends_nothing(reader):
    reader.click()
    reader.people.fault = UnreachableError("down")
    assert reader.click().state == "unconfirmed"
    reader.people.fault = None
    assert reader.click().state == "in"
    assert reader.told() == [("sign_in", "rina", "official")]


def test_taking_out_the_last_provider_ends_every_sign_in_with_anybodys_next_click(reader, monkeypatch):
    reader.click()
    reader.stays.begin("a session", Stay("steward", "key"))
    monkeypatch.setattr(session, "providers", dict)
    reader.user = {}
    for _ in range(2):
        assert reader.click().state == "off"
    assert reader.told()[2:] == [("sign_out", "rina", "foreign")]


def test_a_sign_in_that_cannot_be_noted_is_the_public(reader, monkeypatch):
    def full(*_, **__):
        raise StorageError("full")

    monkeypatch.setattr(stays, "record", full)
    found = reader.click()
    assert (found.state, found.scope, run.scope()) == ("out", PUBLIC, PUBLIC)


def test_a_sign_in_is_the_public_while_the_key_file_cannot_be_read(reader, tmp_path, monkeypatch):
    (tmp_path / "plain").touch()
    with monkeypatch.context() as patched:
        patched.setenv("NETRA_KEY_FILE", str(tmp_path / "plain" / "key"))
        found = reader.click()
    assert (found.state, found.scope, run.scope()) == ("out", PUBLIC, PUBLIC)
    assert reader.click().state == "in"


def test_the_log_holds_the_account_and_no_other_claim(reader):
    reader.user |= {"name": "MARKED", "email": "marked@example.org", "nonce": "marked-nonce"}
    reader.click()
    session.leave()
    text = log_file(settings_module.read()).read_text().lower()
    assert "marked" not in text and "token-rina" not in text and "6402" not in text
