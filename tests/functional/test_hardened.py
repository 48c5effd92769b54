"""In a browser: no page breaks its own content security policy, and nothing that an address brings along is run."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from tests.functional.looking import WATCHES, settle
from ui.frame.address import NAMES

# Collected from before the first script of a document.
WATCH = """
    window.netraViolations = [];
    document.addEventListener("securitypolicyviolation", (event) => window.netraViolations.push(
        `${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`));
"""
# Every page with folds opened; other tests open pages too, and there a broken policy is an error of the console.
VIEWS = (
    "/wilayah?bentuk=tiles",
    "/wilayah?pemerintah=6408&rinci=election",
    "/instansi?lihat=funnel",
    "/instansi?lihat=employment&bahasa=en",
    "/sanksi",
    "/tindak-lanjut?rinci=days",
    "/terbitan",
    "/unduh",
)
CODE = '"><img src=x onerror="window.netraRan=1"><script>window.netraRan=1</script>`](javascript:window.netraRan=1)'


@pytest.fixture
def open_watched(profile, open_page):
    """`open_page`, with an ear for broken policies."""
    profile.add_init_script(WATCH)
    return open_page


@pytest.mark.parametrize("path", VIEWS)
def test_no_view_breaks_the_policy(open_watched, path):
    page = open_watched(path)
    for fold in page.locator("summary").all()[:3]:
        fold.click()
    settle(page)
    assert page.evaluate("window.netraViolations") == []


@pytest.mark.parametrize("path", ["/", "/instansi"])
def test_what_an_address_brings_along_is_not_run(open_watched, path):
    page = open_watched(f"{path}?{urlencode(dict.fromkeys(sorted(NAMES - {'bahasa'}), CODE))}")
    assert page.get_by_text("window.netraRan").count() > 0
    assert page.evaluate("window.netraRan === undefined")
    assert page.locator("img[src=x], a[href^='javascript']").count() == 0
    assert page.evaluate("window.netraViolations") == []


def test_the_policy_would_have_stopped_it(open_watched):
    """Were anything of a reader's taken for mark-up one day, a browser would still refuse to run it."""
    page = open_watched("/metode")
    page.evaluate(
        """() => {
            const place = document.createElement("div");
            document.body.append(place);
            place.innerHTML = `<a onclick="window.netraRan=1">x</a>`;
            place.firstChild.click();
            const script = document.createElement("script");
            script.textContent = "window.netraRan=1";
            document.body.append(script);
            // Later, since a browser lets its debugger evaluate what it likes.
            setTimeout(() => { try { new Function("window.netraRan=1")() } catch (refused) {} }, 1);
        }"""
    )
    page.wait_for_function("window.netraViolations.length >= 3")
    assert page.evaluate("window.netraRan === undefined")
    told = page.evaluate("window.netraViolations.map(told => told.split(' ')[0])")
    assert {"script-src-attr", "script-src-elem", "script-src"} <= set(told)
    settle(page)
    faults = WATCHES[page].faults
    faults[:] = [fault for fault in faults if "Content Security Policy" not in fault]


def test_a_document_of_ours_cannot_be_framed(open_watched, site):
    page = open_watched("/metode")
    answer = page.request.get(f"{site}/", headers={"accept": "text/html"})
    assert answer.headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
