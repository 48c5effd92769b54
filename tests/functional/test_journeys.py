"""What people do: open a pasted link, filter, click on the map, change the language, take data home."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from settings import ROOT
from tests.functional.conftest import free_port, wait_until_healthy
from tests.functional.looking import settle


def query(page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def choose(page, label: str, option: str) -> None:
    """Picks an option of a filter by its label."""
    page.get_by_role("combobox", name=re.compile(label)).click()
    page.get_by_role("option", name=option, exact=True).click()
    page.keyboard.press("Escape")
    settle(page)


def rows_of_table(page) -> list[list[str]]:
    return page.locator("main table, [data-testid='stMain'] table").last.evaluate(
        "table => [...table.rows].map(row => [...row.cells].map(cell => cell.innerText.trim()))"
    )


def test_a_cold_deep_link_shows_the_view_that_was_pasted(open_page):
    page = open_page("/wilayah?provinsi=64&pemilihan=PILKADA2024")
    assert page.locator("h1").inner_text() == "Wilayah"
    scope = page.locator(".st-key-scope").inner_text()
    assert "Kalimantan Timur" in scope
    assert "Pilkada" in scope
    assert query(page) == {"provinsi": "64", "pemilihan": "PILKADA2024"}


def test_a_broken_address_shows_the_default_view_and_says_what_was_ignored(open_page):
    page = open_page("/wilayah?provinsi=99&pemilihan=PILKADA2024&dari=kemarin")
    told = page.locator("[data-testid='stMain']").inner_text()
    assert "provinsi=99" in told
    assert "dari=kemarin" in told
    assert "Pilkada" in page.locator(".st-key-scope").inner_text()


def test_a_filter_changes_the_numbers_and_the_address_and_follows_to_the_next_page(open_page):
    page = open_page("/")
    before = page.locator("[data-testid='stMain']").inner_text()
    choose(page, "Provinsi", "Kalimantan Timur")
    assert query(page) == {"provinsi": "64"}
    assert page.locator("[data-testid='stMain']").inner_text() != before
    page.get_by_role("link", name="Sanksi", exact=True).click()
    page.wait_for_url("**/sanksi?*")
    settle(page)
    assert query(page) == {"provinsi": "64"}
    assert "Kalimantan Timur" in page.locator(".st-key-scope").inner_text()


def test_the_language_switch_keeps_the_view_and_changes_lang(open_page):
    page = open_page("/instansi?provinsi=64")
    assert page.locator("html").get_attribute("lang") == "id"
    page.get_by_text("EN", exact=True).click()
    page.wait_for_function("() => document.documentElement.lang === 'en'")
    settle(page)
    assert query(page) == {"provinsi": "64", "bahasa": "en"}
    assert page.get_by_text("Simulated data").first.is_visible()
    page.reload()
    settle(page)
    assert page.locator("html").get_attribute("lang") == "en"


def test_a_click_on_the_map_opens_the_profile_of_the_regency(open_page):
    page = open_page("/wilayah?provinsi=64")
    shapes = page.locator(".choroplethlayer path.choroplethlocation")
    shapes.first.wait_for()
    # The largest shape has its middle inside it.
    place = shapes.evaluate_all(
        """paths => paths.map(p => p.getBoundingClientRect()).map(b => [b.width * b.height, b.x + b.width / 2, b.y + b.height / 2])
                        .sort((a, b) => b[0] - a[0])[0]"""
    )
    page.mouse.move(place[1], place[2])
    page.mouse.click(place[1], place[2])
    page.wait_for_url("**pemerintah=*")
    settle(page)
    code = query(page)["pemerintah"]
    assert code.startswith("64")
    assert page.locator("[data-testid='stMain']").inner_text().count("ASN") > 3


@pytest.mark.parametrize("path", ["/unduh?provinsi=64", "/unduh?provinsi=64&bahasa=en"])
def test_a_download_holds_what_the_screen_shows(open_page, path):
    page = open_page(path)
    shown = rows_of_table(page)
    with page.expect_download() as waiting:
        page.locator("[data-testid='stDownloadButton'] button").click()
    name = waiting.value.suggested_filename
    assert "DATA-SIMULASI" in name
    assert "provinsi-64" in name
    with zipfile.ZipFile(Path(waiting.value.path())) as packed:
        twin, told = ("table.csv", "README.txt") if "bahasa=en" in path else ("tabel.csv", "BACA-SAYA.txt")
        table = list(csv.reader(io.StringIO(packed.read(twin).decode())))
        readme = packed.read(told).decode("utf-8-sig")
        data = list(csv.DictReader(io.StringIO(packed.read("data.csv").decode())))
    assert [[cell.strip() for cell in row] for row in table][: len(shown)] == shown
    assert "simula" in readme.lower()
    assert "Kalimantan Timur" in readme
    assert len(data) == len(table) - 1
    assert all(row["is_simulated"] == "true" for row in data)


def test_scripts_and_geometry_come_compressed(open_page, site):
    """What is at least a packet long and text is compressed; one script alone would be 4.7 MB otherwise."""
    page = open_page("/wilayah", apart=True)
    served = page.evaluate(
        """() => performance.getEntriesByType('resource')
            .map(r => [r.name, r.encodedBodySize, r.decodedBodySize])
            .filter(([name]) => /\\.(js|css|geojson)$/.test(name))"""
    )
    assert len(served) > 20
    plain = [name for name, encoded, decoded in served if decoded > 2_000 and encoded >= decoded]
    assert plain == []
    assert sum(encoded for name, encoded, _ in served if name.endswith(".js")) < 2_000_000


def test_without_a_warehouse_the_app_says_how_to_make_one(browser, tmp_path):
    port, log = free_port(), tmp_path / "log"
    command = [
        str(Path(sys.executable).with_name("streamlit")),
        "run",
        "server.py",
        "--server.port",
        str(port),
    ]
    environment = os.environ | {
        "NETRA_DATA": str(tmp_path / "empty"),
        "NETRA_KEY_FILE": str(tmp_path / "key"),
    }
    with log.open("w") as out:
        server = subprocess.Popen(
            [*command, "--server.address", "127.0.0.1"], cwd=ROOT, env=environment, stdout=out, stderr=out
        )
        try:
            wait_until_healthy(f"http://127.0.0.1:{port}/_stcore/health", server, log)
            page = browser.new_page()
            page.goto(f"http://127.0.0.1:{port}/wilayah")
            page.get_by_text("make data").first.wait_for(timeout=45_000)
            assert "Traceback" not in page.content()
            page.close()
        finally:
            server.terminate()
            server.wait(timeout=20)
