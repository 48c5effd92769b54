"""Signing in at a real, certified provider: a whole journey in a browser, and every way to cheat."""

from __future__ import annotations

import base64
import json
import time
from contextlib import contextmanager

import pytest

from audit.reading import entries
from tests.functional.looking import Watch, settle
from tests.functional.signing import COOKIE_SECRET, cookies, provider_is_there, running

OFFICIAL = ("official", ("government:6402",))
OWN, OTHER = "/kasus", "/kasus?pemerintah=6472"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    provider_is_there()
    with running(tmp_path_factory.mktemp("signing")) as found:
        yield found
    # A server that was stopped has ended whoever was still signed in.
    told = [(entry.kind, entry.about["visit"]) for entry in entries(log(found))]
    into, out = ([visit for kind, visit in told if kind == one] for one in ("sign_in", "sign_out"))
    assert into and sorted(into) == sorted(out)


@pytest.fixture
def client():
    import httpx

    with httpx.Client(follow_redirects=False, timeout=20) as found:
        yield found


@pytest.fixture
def seen(browser, site):
    """`seen(cookies, path)`: the text of a page as a browser with these cookies sees it."""

    def look(held, path=OWN):
        with opened(browser, site, held) as page:
            return text(page, site.app + path)

    return look


SPARE = []
"""Browsers that nobody looks through now; they have compiled the scripts, and know nobody."""


@contextmanager
def opened(browser, site, held=()):
    context, watches = SPARE.pop() if SPARE else browser.new_context(), []

    def watched(page):
        # Faults are not judged here: the provider is another host.
        watches.append(Watch(site.app))
        watches[-1].attach(page)

    context.on("page", watched)
    context.add_cookies(
        [{"name": name, "value": value, "url": site.app} for name, value in dict(held).items()]
    )
    yield context.new_page()
    context.remove_listener("page", watched)
    forget(context, site)
    SPARE.append(context)


def forget(context, site):
    """Closes all tabs but one that holds the process, and clears whatever a browser keeps of who looked through it."""
    last = context.new_page()
    last.goto(f"{site.app}/_stcore/health")
    for page in context.pages:
        if page != last:
            page.close()
    context.clear_cookies()
    storage = context.new_cdp_session(last)
    for origin in (site.app, site.provider):
        storage.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
    storage.detach()
    assert context.cookies() == []


def text(page, address=None):
    if address:
        page.goto(address)
    settle(page)
    return page.locator("body").inner_text()


def test_a_journey_in_by_the_button_and_out_for_every_tab_and_copy(browser, site):
    site.people(rina=OFFICIAL)
    with opened(browser, site) as page:
        assert "Perkara lingkup saya" not in text(page, site.app)
        choose(page, site, "Masuk lewat localhost")
        assert "pejabat" in text(page)
        told = text(page, site.app + OWN)
        assert "SECRET-6402-" in told
        assert not any(f"SECRET-{code}-" in told for code in ("61", "6171", "64", "6472"))
        assert "SECRET-" not in text(page, site.app + OTHER)
        tab, copy = page.context.new_page(), page.context.cookies(site.app)
        assert "SECRET-6402-" in text(tab, site.app + OWN)
        page.get_by_role("button", name="Keluar", exact=True).click()
        page.wait_for_url(f"{site.provider}/session/end**")
        # The other tab has not been touched: its next step is the public's.
        tab.get_by_text("EN", exact=True).click()
        assert "This sign-in has ended" in text(tab)
        assert "SECRET-" not in text(tab)
        page.context.clear_cookies()
        page.context.add_cookies(copy)
        assert "Masa masuk ini telah diakhiri" in text(page, site.app + OWN)


def test_signing_out_is_signing_out_of_every_sign_in_of_the_account(browser, site, seen):
    import httpx

    site.people(yuni=OFFICIAL)
    held = []
    for _ in range(2):
        with httpx.Client(timeout=20) as client:
            site.sign_in(client, "yuni")
            held.append(cookies(client))
    assert "SECRET-6402-" in seen(held[0])
    with opened(browser, site, held[1]) as page:
        assert "SECRET-6402-" in text(page, site.app + OWN)
        page.get_by_role("button", name="Keluar", exact=True).click()
        page.wait_for_url(f"{site.provider}/session/end**")
    for one in held:
        told = seen(one)
        assert "SECRET-" not in told and "Masa masuk ini telah diakhiri" in told
    assert noted(site, "yuni") == ["official", "official", "left", "left"]


def test_whoever_comes_by_another_provider_is_somebody_else_and_stays_with_it(browser, site):
    site.people(wati=OFFICIAL)
    with opened(browser, site) as page:
        page.goto(site.app)
        choose(page, site, "Masuk lewat Second provider", "wati")
        assert "SECRET-6402-" in text(page, site.app + OWN)
        held = {one["name"]: one["value"] for one in page.context.cookies(site.app) if "user" in one["name"]}
        claims = json.loads(payload(held["_streamlit_user"]))
        assert (claims["provider"], claims["aud"]) == ("second", "netra-second")
        assert noted(site, "second:wati") == ["official"]
        page.get_by_role("button", name="Keluar", exact=True).click()
        page.wait_for_url(f"{site.provider}/session/end**")
    assert noted(site, "second:wati") == ["official", "left"]


def test_a_sign_in_of_one_provider_does_not_hold_at_another(site, client, seen):
    """Even for whoever can sign cookies: the audience is that of the provider which the cookie names."""
    site.people(rina=OFFICIAL)
    site.sign_in(client, "rina", "second")
    held = cookies(client)
    claims = json.loads(payload(held["_streamlit_user"]))
    assert "SECRET-6402-" in seen(held)
    for name in ("default", "gone"):
        told = seen(
            held | {"_streamlit_user": signed(json.dumps(claims | {"provider": name}), COOKIE_SECRET)}
        )
        assert "SECRET-" not in told
        assert "tidak diterbitkan untuk aplikasi ini" in told


def test_two_offices_and_the_public_side_by_side_see_each_their_own(browser, site):
    import httpx

    site.people(rina=OFFICIAL, doni=("official", ("government:6171",)))
    held = [{}]
    for account in ("rina", "doni"):
        with httpx.Client(timeout=20) as client:
            site.sign_in(client, account)
            held.append(cookies(client))
    with (
        opened(browser, site, held[0]) as nobody,
        opened(browser, site, held[1]) as first,
        opened(browser, site, held[2]) as second,
    ):
        pages = {"": nobody, "SECRET-6402-": first, "SECRET-6171-": second}
        for page in pages.values():
            page.goto(site.app + OWN)
        told = {own: text(page) for own, page in pages.items()}
    for own, shown in told.items():
        assert {name for name in ("SECRET-6402-", "SECRET-6171-") if name in shown} == ({own} - {""})
    assert "SECRET-" not in told[""]


def test_a_role_that_is_removed_is_gone_with_the_next_step(browser, site, client):
    site.people(budi=OFFICIAL)
    site.sign_in(client, "budi")
    with opened(browser, site, cookies(client)) as page:
        assert "SECRET-6402-" in text(page, site.app + OWN)
        site.people(budi=("researcher", ()))
        # The provider is asked again when its last answer is a second old.
        until(page, time.time() + 1.1)
        page.get_by_text("EN", exact=True).click()
        told = text(page)
        assert "researcher" in told
        assert "SECRET-" not in told
        site.people()
        until(page, time.time() + 1.1)
        page.get_by_text("ID", exact=True).click()
        assert "Masa masuk ini telah diakhiri" in text(page)
    assert noted(site, "budi") == ["official", "role", "researcher", "withdrawn"]


def test_a_sign_in_ends_when_its_token_does(browser, site, client):
    site.people(sari=OFFICIAL)
    site.sign_in(client, "sari", "soon")
    with opened(browser, site, cookies(client)) as page:
        assert "SECRET-6402-" in text(page, site.app + OWN)
        ends = json.loads(payload(cookies(client)["_streamlit_user"]))["exp"]
        until(page, ends + 1)
        page.get_by_text("EN", exact=True).click()
        told = text(page)
        assert "Your sign-in has expired" in told
        assert "SECRET-" not in told
    assert noted(site, "soon:sari") == ["official", "expired"]


@pytest.mark.parametrize("kind", ["issuer", "audience", "expired", "nonce", "signature"])
def test_a_token_that_is_not_meant_for_this_sign_in_opens_nothing(site, client, kind):
    site.people(rina=OFFICIAL)
    site.sign_in(client, "rina", kind)
    assert not cookies(client)


def test_a_callback_cannot_be_replayed(site, client):
    import httpx

    site.people(rina=OFFICIAL)
    address = site.sign_in(client, "rina")
    assert cookies(client)
    with httpx.Client(timeout=20) as stranger:
        stranger.get(address)
        assert not cookies(stranger)
        # With a sign-in of one's own under way, the code of another is still of no use.
        site.start(stranger)
        stranger.get(address)
        assert not cookies(stranger)
    before = cookies(client)
    client.cookies.delete("_streamlit_user")
    client.get(address)
    assert "_streamlit_user" not in cookies(client)
    assert before


def test_a_forged_cookie_is_nobody(site, client, seen):
    site.people(tuti=("researcher", ()))
    site.sign_in(client, "tuti")
    held = cookies(client)
    assert "peneliti" in seen(held)
    claims = json.loads(payload(held["_streamlit_user"])) | {"sub": "rina", "netra_role": "official"}
    forged = signed(json.dumps(claims), "another-secret-0123456789abcdef-0123456789")
    told = seen(held | {"_streamlit_user": forged})
    assert "peneliti" not in told
    assert "SECRET-" not in told


def test_claims_in_a_cookie_are_not_believed_even_when_well_signed(site, client, seen):
    """Whoever has the server's cookie secret still cannot name a role or be somebody else: the provider is asked."""
    site.people(tuti=("researcher", ()), rina=OFFICIAL)
    site.sign_in(client, "tuti")
    held = cookies(client)
    claims = json.loads(payload(held["_streamlit_user"]))
    for change in ({"netra_role": "official", "netra_scope": ["government:6402"]}, {"sub": "rina"}):
        told = seen(held | {"_streamlit_user": signed(json.dumps(claims | change), COOKIE_SECRET)})
        assert "SECRET-" not in told


def choose(page, site, button, account="rina"):
    """Signs somebody in by the buttons of the app and the forms of the provider."""
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.get_by_role("button", name=button, exact=True).click()
    page.locator("input[name=login]").fill(account)
    page.locator("input[name=password]").fill("any")
    page.locator("button[type=submit]").click()
    page.locator("button[type=submit]").click()
    page.wait_for_url(f"{site.app}/**")


def log(site):
    return site.log.parent / "log/audit.jsonl"


def noted(site, account):
    """The roles and the reasons of ends that the audit log holds of an account, in order."""
    found = [entry.about for entry in entries(log(site)) if entry.account == account]
    return [about.get("scope") or about.get("reason") for about in found]


def until(page, moment):
    page.wait_for_function("moment => Date.now() / 1000 > moment", arg=moment)


def payload(cookie: str) -> bytes:
    """What a cookie of Streamlit says, whatever signed it."""
    from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value

    found = decode_signed_value(COOKIE_SECRET, "_streamlit_user", cookie.encode())
    assert found is not None, base64.b64encode(cookie.encode())
    return found


def signed(value: str, secret: str) -> str:
    from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

    return create_signed_value(secret, "_streamlit_user", value).decode()
