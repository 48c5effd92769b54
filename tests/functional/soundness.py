"""What every page must be in every look: no fault, no foreign request, no axe violation, right `lang`, nothing beyond its edge."""

from __future__ import annotations

from tests.functional.looking import settle, show_whole, violations

PAGES = ("", "wilayah", "instansi", "sanksi", "tindak-lanjut", "terbitan", "unduh", "metode", "koreksi")
LANGUAGES, SCHEMES, WIDTHS = ("id", "en"), ("light", "dark"), (1280, 390)


def looks(width):
    """A language and a scheme for every page at this width, and both others at the other one; all pairs of the three occur."""
    other = WIDTHS.index(width)
    return [
        (path, LANGUAGES[(number + other) % 2], SCHEMES[(number + number // 2 + other) % 2])
        for number, path in enumerate(PAGES)
    ]


def sound_and_accessible(open_page, path, language, scheme, width):
    page = open_page(
        f"/{path}?bahasa={language}" if language == "en" else f"/{path}", width=width, scheme=scheme
    )
    show_whole(page, f"{path or 'beranda'}-{language}-{scheme}-{width}")
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1
    assert page.get_by_text("Data simulasi" if language == "id" else "Simulated data").first.is_visible()
    assert sideways(page) <= 0, "the page scrolls sideways"
    assert violations(page) == []
    # How long words are depends on the language: both are looked at on both widths.
    page.set_viewport_size({**page.viewport_size, "width": sum(WIDTHS) - width})
    settle(page)
    assert sideways(page) <= 0, "the page scrolls sideways once the window is turned or drawn"


def sideways(page):
    """By how many pixels the page is wider than the window."""
    return page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
