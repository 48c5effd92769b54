"""A provider that answers what a test lets it say, and the app as somebody sees it who signed in there."""

import time

import pytest

from tests import builders
from tests.opening import open_app
from tests.pages.conftest import rows
from ui.access import run, session
from ui.access.provider import Provider, RefusedError
from warehouse.access.scope import PUBLIC

METADATA = "https://provider.test/.well-known/openid-configuration"
USERINFO = "https://provider.test/me"
AUTH = {
    "redirect_uri": "http://localhost/oauth2callback",
    "cookie_secret": "a" * 32,
    "client_id": "netra",
    "client_secret": "b" * 32,
    "server_metadata_url": METADATA,
}
FOREIGN = {"61", "6171", "64", "6472"}


class People:
    """Who there is at the provider, by access token; every question asked is remembered."""

    def __init__(self):
        self.claims, self.asked, self.fault = {}, [], None

    def fetch(self, address, token):
        self.asked.append((address, token))
        if self.fault:
            raise self.fault
        if address == METADATA:
            return {"issuer": "https://provider.test", "userinfo_endpoint": USERINFO}
        if address != USERINFO or token not in self.claims:
            raise RefusedError("401")
        return dict(self.claims[token])

    def add(self, account, role=None, places=()):
        """Somebody with an access token; gives what a session of theirs shows."""
        self.claims[f"token-{account}"] = {"sub": account, "netra_role": role, "netra_scope": list(places)}
        now = time.time()
        return {
            "is_logged_in": True, "iss": "https://provider.test", "sub": account, "aud": "netra", "iat": now,
            "exp": now + 3600, "nonce": f"{account}-{now}", "tokens": {"access": f"token-{account}"},
        }  # fmt: skip


def secret_rows():
    """Cases whose ids say where they belong."""
    found = rows()
    for number, row in enumerate(found["mart_case"]):
        row["case_id"] = f"SECRET-{row['government_code']}-{number:04}"
    return found


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A build of its own, so that no other test has filled its caches."""
    builders.build(tmp_path, secret_rows(), build_id=f"access-{tmp_path.name}".replace("_", "-"))
    monkeypatch.setenv("NETRA_DATA", str(tmp_path))
    return tmp_path


@pytest.fixture(autouse=True)
def nothing_held():
    """What a test's own thread was held to ends with the test."""
    yield
    run._RUN.set(None)
    run._SCOPE.set(PUBLIC)


@pytest.fixture
def people(monkeypatch):
    found = People()
    monkeypatch.setattr(session, "PROVIDER", Provider(found.fetch))
    monkeypatch.setattr(session, "providers", lambda: {"default": AUTH})
    return found


@pytest.fixture
def visit(site, people, monkeypatch):
    """`visit(user, page, app, **address)`: the app as the holder of a session sees it; None is nobody.

    An `app` that has opened the page already goes on with it: whose session it is is judged in every run.
    """

    def run(user=None, page="overview", app=None, **address):
        shown = user or {}
        monkeypatch.setattr(session, "claimed", lambda: shown)
        monkeypatch.setattr(session, "token", lambda: shown.get("tokens", {}).get("access"))
        is_new = app is None
        app = open_app(60) if app is None else app
        app.query_params.clear()
        app.query_params.update(address)
        app.run()
        if is_new and page != "overview":
            app.switch_page(f"pages/{page}/{page}.py")
            app.query_params.update(address)
            app.run()
        assert not app.exception
        assert not app.error
        return app

    return run


def content(app):
    """Everything a page shows below its frame: texts, tables, figures."""
    html = [element.proto.body for element in app.get("html")]
    figures = [element.proto.spec for element in app.get("plotly_chart")]
    banner = ("Anda masuk sebagai", "Masa masuk", "You are signed in")
    return [*(text.value for text in app.markdown if not text.value.startswith(banner)), *html, *figures]
