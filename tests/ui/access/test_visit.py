"""Every doubt about a sign-in ends at the public, and the provider's word of now outweighs what a cookie claims."""

import http.server
import json
import threading
from typing import ClassVar

import pytest

from settings import SignIn
from tests.ui.access.conftest import AUTH, METADATA, USERINFO, People
from ui.access.provider import MOST_BYTES, Provider, RefusedError, UnreachableError, fetch
from ui.access.visit import Desk, SignIns, fingerprint
from warehouse.access.claims import Places
from warehouse.access.scope import PUBLIC, Scope

KNOWN = Places({"64"}, {"6402"}, set())
RULES = SignIn(hours=8, recheck_seconds=60)


class World:
    def __init__(self):
        self.now, self.people, self.ended = 0.0, People(), SignIns()
        self.provider = Provider(self.people.fetch, clock=lambda: self.now)
        self.user = self.people.add("a", "official", ["government:6402"])
        self.start = self.user["iat"]

    def visit(self, auth=AUTH, token="token-a", **changed):
        user = {name: value for name, value in (self.user | changed).items() if value is not None}
        providers = {"default": auth} if auth else {}
        desk = Desk(providers, RULES, self.provider, self.ended, clock=lambda: self.start + self.now)
        return desk.visit(user, token, lambda: KNOWN)


@pytest.fixture
def world():
    return World()


def test_who_is_signed_in_has_the_scope_that_the_provider_says(world):
    found = world.visit()
    assert (found.state, found.account) == ("in", "a")
    assert found.scope == Scope("official", governments=("6402",))


@pytest.mark.parametrize(
    ("changed", "state"),
    [
        ({"is_logged_in": None}, "out"),
        ({"is_logged_in": False}, "out"),
        ({"is_logged_in": "yes"}, "out"),
        ({"iss": "https://other.test"}, "foreign"),
        ({"iss": None}, "foreign"),
        ({"aud": "another"}, "foreign"),
        ({"aud": ["another", "third"]}, "foreign"),
        ({"aud": None}, "foreign"),
        ({"sub": "b"}, "mixed"),
        ({"sub": None}, "mixed"),
        ({"exp": 1}, "expired"),
        ({"exp": None}, "expired"),
        ({"exp": "never"}, "expired"),
        ({"exp": True}, "expired"),
        ({"exp": float("inf"), "iat": None}, "expired"),
        ({"exp": float("inf"), "iat": 1}, "expired"),
        ({"iat": 9e12, "exp": 9e13}, "expired"),
        ({"token": None}, "no_token"),
        ({"token": "forged"}, "ended"),
        ({"auth": {}}, "off"),
    ],
)
def test_a_sign_in_with_any_fault_is_the_public(world, changed, state):
    found = world.visit(**changed)
    assert (found.state, found.scope) == (state, PUBLIC)


def test_roles_claimed_in_the_cookie_are_never_believed(world):
    world.people.claims["token-a"] = {"sub": "a"}
    found = world.visit(netra_role="official", netra_scope=["province:64"])
    assert (found.state, found.scope) == ("in", PUBLIC)


def test_several_audiences_may_hold_this_app(world):
    assert world.visit(aud=["another", "netra"]).state == "in"


def test_a_sign_in_ends_by_its_own_time_and_by_ours(world):
    world.now = 3599
    assert world.visit().state == "in"
    world.now = 3600
    assert world.visit().state == "expired"
    assert world.visit(exp=world.start + 10**6).state == "in"
    world.now = 8 * 3600
    assert world.visit(exp=world.start + 10**6).state == "expired"


def test_a_role_that_is_taken_away_is_gone_at_the_next_asking(world):
    assert world.visit().scope.has_places
    world.people.claims["token-a"]["netra_role"] = None
    world.now = 59
    assert world.visit().scope.has_places
    world.now = 60
    assert world.visit().scope == PUBLIC


def test_a_grant_that_is_withdrawn_ends_the_sign_in(world):
    assert world.visit().state == "in"
    del world.people.claims["token-a"]
    world.now = 61
    assert world.visit().state == "ended"


def test_while_the_provider_is_silent_nobody_sees_more_than_the_public(world):
    world.people.fault = UnreachableError("down")
    assert world.visit().state == "unconfirmed"
    world.people.fault = None
    assert world.visit().state == "unconfirmed"
    world.now = 6
    assert world.visit().state == "in"


def test_a_sign_in_that_was_signed_out_is_ended_for_every_copy_of_its_cookie(world):
    world.ended.add(fingerprint(world.user))
    assert world.visit().state == "ended"
    assert world.visit(nonce="a new sign-in").state == "in"


def test_the_provider_is_asked_once_in_an_interval_and_tokens_are_kept_as_hashes(world):
    for _ in range(5):
        world.visit()
    assert world.people.asked == [(METADATA, None), (USERINFO, "token-a")]
    assert "token-a" not in str(world.provider.__dict__)


class Answers(http.server.BaseHTTPRequestHandler):
    seen: ClassVar[list] = []

    def do_GET(self):
        self.seen.append((self.path, self.headers.get("Authorization")))
        status, body, headers = {
            "/good": (200, b'{"sub": "a"}', {}),
            "/list": (200, b"[]", {}),
            "/text": (200, b"<html>", {}),
            "/long": (200, json.dumps({"a": "x" * MOST_BYTES}).encode(), {}),
            "/gone": (401, b"", {}),
            "/closed": (403, b"", {}),
            "/broken": (500, b"", {}),
            "/away": (302, b"", {"Location": "/good"}),
        }[self.path]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def server():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers) as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{found.server_port}"
        found.shutdown()


def test_an_answer_is_an_object(server):
    assert fetch(f"{server}/good", "t") == {"sub": "a"}
    assert Answers.seen[-1] == ("/good", "Bearer t")


@pytest.mark.parametrize("path", ["gone", "closed"])
def test_a_refusal_is_told_from_silence(server, path):
    with pytest.raises(RefusedError):
        fetch(f"{server}/{path}", "t")


@pytest.mark.parametrize("path", ["gone", "closed"])
def test_who_shows_no_token_is_not_refused_and_the_next_asking_is_soon(server, path):
    """A well-known address behind a closed gate is no word on anybody's sign-in."""
    now, open_again = [0.0], []

    def asked(address, token):
        return {"issuer": address} if open_again else fetch(f"{server}/{path}", token)

    provider = Provider(asked, clock=lambda: now[0])
    with pytest.raises(UnreachableError):
        provider.metadata(METADATA)
    open_again.append(True)
    now[0] = 6
    assert provider.metadata(METADATA) == {"issuer": METADATA}


@pytest.mark.parametrize("path", ["list", "text", "long", "broken", "away"])
def test_anything_else_is_no_answer_and_a_token_follows_no_redirect(server, path):
    with pytest.raises(UnreachableError):
        fetch(f"{server}/{path}", "t")
    assert Answers.seen[-1][0] == f"/{path}"


@pytest.mark.parametrize(
    "address",
    ["http://provider.test/me", "ftp://127.0.0.1/me", "file:///etc/hostname", "", "http://127.0.0.1:1/"],
)
def test_a_token_travels_encrypted_or_not_at_all(address):
    with pytest.raises(UnreachableError):
        fetch(address, "t")
