"""Profiles in parts and both comparisons in a browser: the address keeps the part, nothing overflows, no axe violation."""

from __future__ import annotations

import pytest

from tests.functional.looking import settle, violations

VIEWS = (
    "/wilayah?pemerintah=6471&rinci=election",
    "/wilayah?pemerintah=6471&rinci=severity",
    "/wilayah?pemerintah=6402&rinci=followup",
    "/instansi?lihat=employment&banding=6471,6402",
    "/instansi?lihat=election&banding=6471,6402",
    "/tindak-lanjut?rinci=bodies",
    "/tindak-lanjut?rinci=shares",
    "/tindak-lanjut?rinci=days",
    "/sanksi?lihat=outcome",
    "/terbitan?rinci=checks",
)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(("language", "scheme", "width"), [("id", "dark", 390), ("en", "light", 1280)])
def test_a_part_is_sound_and_accessible(open_page, view, language, scheme, width):
    page = open_page(f"{view}&bahasa={language}" if language == "en" else view, width=width, scheme=scheme)
    overflow = page.evaluate(
        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert overflow <= 0, "the page scrolls sideways"
    assert violations(page) == []


def test_a_part_that_is_chosen_stands_in_the_address_and_alone_on_the_page(open_page):
    page = open_page("/wilayah?pemerintah=6402")
    main = page.locator("[data-testid='stMain']")
    assert "Unit yang sebanding" in main.inner_text()
    page.get_by_role("radio", name="Dari waktu ke waktu").click()
    page.wait_for_url("**rinci=election**")
    settle(page)
    assert "Pemilihan ini dan yang sebelumnya" in main.inner_text()
    assert "Unit yang sebanding" not in main.inner_text()


def test_the_table_of_differences_opens_below_the_figure(open_page):
    page = open_page("/instansi?lihat=election")
    page.get_by_text("Tabel perbedaan").click()
    settle(page)
    heads = page.locator("[data-testid='stMain'] table").last.locator("th[scope='col']").all_inner_texts()
    assert any("Rasio tingkat" in head for head in heads)
    assert any("Selisih" in head for head in heads)
