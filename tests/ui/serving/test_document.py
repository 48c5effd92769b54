"""The document speaks the reader's language before any script has run."""

import json
import re

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route

from tests.ui.serving.conftest import fetch
from ui.serving.document import BUILT_IN, LocalisedDocument


def layer(app):
    return LocalisedDocument(app, {"", "wilayah", "a", "b"})


@pytest.mark.parametrize(
    ("query", "language"),
    [
        ("", "id"),
        ("bahasa=en", "en"),
        ("bahasa=id", "id"),
        ("bahasa=fr", "id"),
        ("bahasa=", "id"),
        ("provinsi=64&bahasa=en", "en"),
        ("bahasa=id&bahasa=en", "en"),
        ("bahasa=%3Cscript%3E", "id"),
    ],
)
@pytest.mark.parametrize("path", ["/", "/wilayah"])
def test_the_language_of_the_document_follows_the_address(page, path, query, language):
    got = fetch(layer(page), path, query, accept="text/html,*/*")
    document = got.body.decode()
    assert f'<html lang="{language}">' in document
    assert document.count("<html") == 1
    assert "<title>Netra Kalimantan</title>" in document
    assert ("needs JavaScript" in document) == (language == "en")
    assert "Streamlit app can also offer" not in document
    assert int(got.headers["content-length"]) == len(got.body)


def test_our_script_runs_before_the_scripts_of_streamlit(page):
    document = fetch(layer(page), "/", accept="text/html").body.decode()
    assert document.index("document.documentElement.lang") < document.index('type="module"')
    assert document.index("<meta") < document.index("document.documentElement.lang")


def test_labels_are_handed_over_in_both_languages(page):
    document = fetch(layer(page), "/", accept="text/html").body.decode()
    pairs = json.loads(re.search(r"\}\)\((\[\[.*\]\])\);", document).group(1))
    assert len(pairs) == len(BUILT_IN)
    assert ["Langsung ke isi", "Skip to main content"] in pairs


def test_caches_are_not_told_the_tag_of_the_unchanged_file(page):
    document = layer(page)
    first = fetch(document, "/", accept="text/html")
    assert first.headers["cache-control"] == "no-cache"
    assert "etag" not in first.headers and "last-modified" not in first.headers
    plain = fetch(page, "/")
    again = fetch(document, "/", accept="text/html", if_none_match=plain.headers["etag"])
    assert again.status == 200


def test_other_answers_pass_untouched(page):
    script = "/static/js/none.js"
    assert fetch(layer(page), script).status == fetch(page, script).status

    async def answer(_):
        return JSONResponse({"html": '<html lang="en">'})

    async def missing(_):
        return HTMLResponse('<html lang="en">', status_code=404)

    app = layer(Starlette(routes=[Route("/a", answer), Route("/b", missing)]))
    assert b'\\"en\\"' in fetch(app, "/a", accept="text/html").body
    assert b'lang="en"' in fetch(app, "/b", accept="text/html").body
    assert b'lang="en"' in fetch(page, "/").body


@pytest.mark.parametrize(
    ("path", "query", "target"),
    [
        ("/nowhere", "", "/?halaman=nowhere"),
        ("/nowhere", "bahasa=en", "/?bahasa=en&halaman=nowhere"),
        ("/a/b", "", "/?halaman=a%2Fb"),
        ("/x&y=1", "", "/?halaman=x%26y%3D1"),
        ("//evil.example", "", None),
    ],
)
def test_a_page_that_does_not_exist_leads_to_the_overview_which_names_it(page, path, query, target):
    got = fetch(layer(page), path, query, accept="text/html")
    assert got.headers.get("location") == target
    assert got.status == (307 if target else 400)


def test_files_and_paths_of_streamlit_are_no_pages(page):
    for path in (
        "/static/none.js",
        "/_stcore/health",
        "/favicon.png",
        "/auth/login",
        "/auth/logout",
        "/oauth2callback",
    ):
        assert "location" not in fetch(layer(page), path, accept="text/html").headers


def test_below_a_base_path_the_way_leads_below_it(page):
    app = LocalisedDocument(page, {"", "wilayah"}, base="/netra/")
    assert fetch(app, "/netra/nowhere", accept="text/html").headers["location"] == "/netra/?halaman=nowhere"
    assert "location" not in fetch(app, "/netra/wilayah", accept="text/html").headers
