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
    assert violations(page) == []
    assert_within(page)


def assert_within(page):
    """Nothing lies beyond the edge, on either width: how long words are depends on the language. The page stays at the other."""
    size = page.viewport_size
    assert sideways(page) <= 0, "the page scrolls sideways"
    page.set_viewport_size({**size, "width": sum(WIDTHS) - size["width"]})
    settle(page)
    assert sideways(page) <= 0, "the page scrolls sideways once the window is turned or drawn"


def sideways(page):
    """By how many pixels the page is wider than the window."""
    return page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
