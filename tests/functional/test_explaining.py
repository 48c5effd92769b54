"""A reader opens an explanation by keyboard, on a phone and at a desk, and finds nothing in the way."""

from __future__ import annotations

import pytest

from tests.functional.looking import settle, show_whole, violations


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
@pytest.mark.parametrize(
    ("path", "key"),
    [("", "headline_explained"), ("wilayah", "map_government_explained"), ("terbitan", "published_fold")],
)
def test_an_explanation_opens_by_keyboard_and_holds_the_query(open_page, path, key, scheme, width):
    page = open_page(f"/{path}", width=width, scheme=scheme)
    assert page.locator(".netra-explained").count() == 0
    page.locator(f".st-key-{key} summary").first.focus()
    page.keyboard.press("Enter")
    page.locator(".netra-explained").first.wait_for()
    settle(page)
    told = page.locator(f".st-key-{key}").first.inner_text()
    assert "Kueri yang dijalankan" in told and "SELECT" in told
    overflow = page.evaluate(
        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert overflow <= 0, "the page scrolls sideways"
    assert violations(page) == []
    show_whole(page, f"penjelasan-{path or 'beranda'}-{scheme}-{width}")


@pytest.mark.parametrize("part", ["methods", "refusals", "glossary", "data"])
def test_every_part_of_the_method_page_is_accessible(open_page, part):
    page = open_page(f"/metode?bagian={part}&bahasa=en", width=390)
    assert page.get_by_role("radio", checked=True).count() >= 1
    assert violations(page) == []
