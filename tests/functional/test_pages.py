"""Every page, both languages, both themes, both widths: no fault, no foreign request, no axe violation, right `lang`."""

from __future__ import annotations

import pytest

from tests.functional.looking import keep_picture, violations

PAGES = ("", "wilayah", "instansi", "sanksi", "tindak-lanjut", "terbitan", "unduh", "metode", "koreksi")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    ("language", "scheme", "width"),
    [("id", "light", 1280), ("id", "dark", 390), ("en", "light", 390), ("en", "dark", 1280)],
)
def test_a_page_is_sound_and_accessible(open_page, path, language, scheme, width):
    page = open_page(
        f"/{path}?bahasa={language}" if language == "en" else f"/{path}", width=width, scheme=scheme
    )
    keep_picture(page, f"{path or 'beranda'}-{language}-{scheme}-{width}")
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1
    assert page.get_by_text("Data simulasi" if language == "id" else "Simulated data").first.is_visible()
    overflow = page.evaluate(
        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert overflow <= 0, "the page scrolls sideways"
    assert violations(page) == []
