"""Several providers: each is believed of its own people alone, and the choice is shown where there is one to make."""

import time

import pytest

from settings import SignIn
from tests.ui.access.conftest import AUTH
from ui.access import offered, session
from ui.access.provider import Provider, RefusedError
from ui.access.visit import Desk, SignIns
from warehouse.access.claims import Places
from warehouse.access.scope import PUBLIC

SHARED = {name: AUTH[name] for name in offered.SHARED}
OWN = {name: AUTH[name] for name in offered.NEEDED}
BKN = {
    "client_id": "netra-bkn",
    "client_secret": "c" * 32,
    "server_metadata_url": "https://bkn.test/.well-known/openid-configuration",
}
RULES = SignIn(hours=8, recheck_seconds=60)


@pytest.mark.parametrize(
    ("section", "names"),
    [
        (AUTH, ["default"]),
        (AUTH | {"bkn": BKN}, ["default", "bkn"]),
        (SHARED | {"bkn": BKN}, ["bkn"]),
        (SHARED | {"bkn": BKN, "kemendagri": OWN}, ["bkn", "kemendagri"]),
        (SHARED | {"default": OWN}, ["default"]),
        (SHARED, []),
        ({"bkn": BKN}, []),
        (AUTH | {"cookie_secret": "x" * 31, "bkn": BKN}, []),
        (AUTH | {"client_kwargs": {"scope": "openid netra"}}, ["default"]),
        *((AUTH | {name: BKN}, ["default"]) for name in ("b_kn", "BKN", "2bkn", "b k n", "")),
        *((AUTH | {"bkn": BKN | {name: ""}}, ["default"]) for name in offered.NEEDED),
    ],
)  # fmt: skip
def test_providers_that_are_whole_are_offered(section, names):
    assert list(offered.providers(section)) == names


def test_a_section_called_default_is_the_unnamed_provider_as_streamlit_has_it():
    assert offered.providers(AUTH | {"default": BKN}) == {"default": BKN}


def test_a_provider_is_called_by_its_title_its_name_or_its_host():
    assert offered.title("bkn", BKN) == "bkn"
    assert offered.title("bkn", BKN | {"title": "SSO BKN"}) == "SSO BKN"
    assert offered.title("default", AUTH) == "provider.test"


def test_no_two_people_have_the_same_account_and_none_has_one_of_the_apps_own():
    subjects = [
        "rina",
        "bkn:rina",
        "default:rina",
        "default:bkn:rina",
        ":rina",
        "operator",
        "system",
        "steward",
    ]
    found = [offered.account(name, subject) for name in ("default", "bkn") for subject in subjects]
    assert len(set(found)) == len(found)
    assert not set(found) & {"operator", "system", "steward"}
    assert offered.account("default", "rina") == "rina"
    assert offered.account("bkn", "rina") == "bkn:rina"


class World:
    """Two providers, each with somebody of the same account id who holds a token of the same text."""

    def __init__(self):
        self.asked, self.now = [], time.time()
        self.provider = Provider(self.fetch)
        self.people = {
            host: {"sub": "rina", "netra_role": role}
            for host, role in (("provider.test", "researcher"), ("bkn.test", "steward"))
        }

    def fetch(self, address, token):
        host = address.split("/")[2]
        self.asked.append(address)
        if address.endswith("openid-configuration"):
            return {"issuer": f"https://{host}", "userinfo_endpoint": f"https://{host}/me"}
        if host not in self.people:
            raise RefusedError("401")
        return self.people[host]

    def visit(self, provider="bkn", host="bkn.test", client="netra-bkn", **more):
        user = {
            "is_logged_in": True, "provider": provider, "iss": f"https://{host}", "aud": client, "sub": "rina",
            "iat": self.now, "exp": self.now + 3600, **more,
        }  # fmt: skip
        desk = Desk({"default": AUTH, "bkn": BKN}, RULES, self.provider, SignIns())
        return desk.visit(user, "the same token", lambda: Places(set(), set(), set()))


@pytest.fixture
def world():
    return World()


def test_each_provider_is_asked_of_its_own_people(world):
    ours = world.visit("default", "provider.test", "netra")
    theirs = world.visit()
    assert (ours.account, ours.scope.role) == ("rina", "researcher")
    assert (theirs.account, theirs.scope.role) == ("bkn:rina", "steward")
    assert world.visit("default", "provider.test", "netra").scope.role == "researcher"


@pytest.mark.parametrize(
    "changed",
    [
        {"provider": "default"},
        {"host": "provider.test"},
        {"client": "netra"},
        {"provider": "default", "client": "netra"},
        {"provider": "default", "host": "provider.test"},
        {"provider": "gone"},
        {"provider": ""},
        {"provider": None},
        {"provider": ["bkn"]},
        {"aud": ["netra"]},
        {"iss": None},
    ],
)
def test_a_sign_in_of_one_provider_is_none_of_another(world, changed):
    found = world.visit(**changed)
    assert (found.state, found.scope) == ("foreign", PUBLIC)
    assert not any(address.endswith("/me") for address in world.asked)


def test_whom_one_provider_no_longer_knows_another_does_not_vouch_for(world):
    del world.people["bkn.test"]
    assert world.visit().state == "ended"


def labels(app):
    return {button.key: button.label for button in app.button if str(button.key).startswith("access_")}


def test_one_provider_needs_no_choice(visit):
    assert labels(visit()) == {"access_in": "Masuk"}


def test_several_providers_are_a_choice(visit, monkeypatch):
    there = {"default": AUTH, "bkn": BKN | {"title": "SSO BKN"}}
    monkeypatch.setattr(session, "providers", lambda: there)
    assert labels(visit()) == {
        "access_in_default": "Masuk lewat provider.test",
        "access_in_bkn": "Masuk lewat SSO BKN",
    }
    assert labels(visit(bahasa="en"))["access_in_bkn"] == "Sign in with SSO BKN"


@pytest.mark.parametrize(("there", "key", "asked"), [
    ({"default": AUTH}, "access_in", [()]),
    ({"bkn": BKN}, "access_in", [("bkn",)]),
    ({"default": AUTH, "bkn": BKN}, "access_in_bkn", [("bkn",)]),
    ({"default": AUTH, "bkn": BKN}, "access_in_default", [()]),
])  # fmt: skip
def test_a_button_asks_its_own_provider(visit, monkeypatch, there, key, asked):
    from ui.access import control

    seen = []
    monkeypatch.setattr(session, "providers", lambda: there)
    monkeypatch.setattr(control.st, "login", lambda *words: seen.append(words))
    visit().button(key=key).click().run()
    assert seen == asked
