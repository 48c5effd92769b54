"""What every page must be in every look: no fault, no foreign request, no axe violation, right `lang`, nothing beyond its edge."""

from __future__ import annotations

from tests.functional.looking import keep_picture, violations

PAGES = ("", "wilayah", "instansi", "sanksi", "tindak-lanjut", "terbitan", "unduh", "metode", "koreksi")


def sound_and_accessible(open_page, path, language, scheme, width):
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
