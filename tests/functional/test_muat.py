"""What a data steward does in the browser, and what readers see of it; jobs are run by a stand-in of the command line."""

from __future__ import annotations

import http.client
import os
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests import builders
from tests.functional.conftest import served, visitor
from tests.functional.looking import settle, show_whole, violations
from tests.functional.soundness import assert_within, sideways
from tests.pages.conftest import rows

KEY = "kunci-petugas-uji"
NUMBER = "189304122014031001"
TEXTS = {
    "id": ("Masuk", "Periksa", "Muat berkas ini", "Terbitkan sekarang", "Keadaan per tanggal"),
    "en": ("Sign in", "Check", "Load this file", "Publish now", "As of date"),
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """A server with a steward key over two builds, and its data folder."""
    root = tmp_path_factory.mktemp("shop")
    for build_id, made in (("first", "2026-11-20T01:00:00Z"), ("second", "2026-11-23T03:15:00Z")):
        receipt = {"build_id": build_id, "built_at": made, "as_of": builders.AS_OF, "is_simulated": True}
        builders.build(root / "data", rows() | {"core_build": [receipt]}, build_id=build_id)
    environment = os.environ | {
        "NETRA_DATA": str(root / "data"), "NETRA_KEY_FILE": str(root / "key"), "NETRA_STEWARD_KEY": KEY,
    }  # fmt: skip
    with served(environment, root / "server.log", "tests.functional.fake_server") as address:
        yield address, root / "data"


@pytest.fixture
def visit(profile, shop):
    (shop[1] / "build" / "current").write_text("warehouse-first.duckdb\n")
    (shop[1] / "go").unlink(missing_ok=True)
    with visitor(profile, shop[0]) as visit:
        yield visit
    (shop[1] / "go").touch()


def press(page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def enter(page, language: str = "id") -> None:
    page.locator("input[type=password]").fill(KEY)
    press(page, TEXTS[language][0])
    page.locator("input[type=file], .netra-progress").first.wait_for(state="attached")
    settle(page)


def drop(page, content: bytes, name: str = "pegawai.csv", language: str = "id") -> None:
    """Drops a roster, fills in the form and asks for a check."""
    file = {"name": name, "mimeType": "text/csv", "buffer": content}
    page.locator("input[type=file]").set_input_files(file)
    page.locator(".st-key-steward_upload [data-testid=stFileChip]").wait_for()
    settle(page)
    page.get_by_role("combobox").first.click()
    page.keyboard.type("Kutai Timur")
    page.keyboard.press("Enter")
    page.get_by_label(TEXTS[language][4]).fill("30-11-2024")
    press(page, TEXTS[language][1])


def outcome(page) -> str:
    settle(page)
    return page.locator(".st-key-steward_outcome").inner_text()


@pytest.mark.parametrize(("language", "scheme", "width"), [("id", "light", 390), ("en", "dark", 1280)])
def test_a_file_is_checked_loaded_and_published(visit, shop, language, scheme, width):
    page = visit(f"/muat?bahasa={language}", width=width, scheme=scheme)
    _, _, load, publish, _ = TEXTS[language]
    name = f"muat-{language}-{scheme}-{width}"

    def look(step: str) -> None:
        settle(page)
        show_whole(page, f"{name}-{step}")
        assert violations(page) == [], step
        size = page.viewport_size
        assert_within(page)
        page.set_viewport_size(size)

    look("1-door")
    enter(page, language)
    look("2-form")
    drop(page, b"NIP;OPD\n", f"Daftar {NUMBER}.csv", language)
    page.get_by_role("button", name=load).wait_for()
    look("3-checked")
    assert NUMBER not in page.locator("body").inner_text()
    assert re.search(r"1[.,]234", outcome(page))
    assert not (shop[1] / "loaded").exists() or (shop[1] / "loaded").unlink() is None
    press(page, load)
    page.get_by_role("button", name=publish).wait_for()
    look("4-loaded")
    assert (shop[1] / "loaded").exists()
    press(page, publish)
    page.get_by_text(re.compile("(melihat bangunan|see build) second")).wait_for()
    look("5-published")


def test_a_reader_sees_the_new_build_without_a_restart_and_is_told(visit):
    reader, steward = visit("/"), visit("/muat")
    foot = reader.locator("footer.netra-end")
    assert "Bangunan data first, dibuat 20 November 2026 pukul 01.00 UTC" in foot.inner_text()
    enter(steward)
    press(steward, "Terbitkan yang sudah dimuat")
    steward.get_by_text("Terbit. Pembaca sekarang melihat bangunan second.").wait_for()
    reader.get_by_text("EN", exact=True).click()
    reader.get_by_text("New data.").wait_for()
    settle(reader)
    assert "first" in reader.locator(".st-key-edition").inner_text()
    assert "Data build second, made 23 November 2026, 03.15 UTC" in foot.inner_text()
    assert violations(reader) == []
    show_whole(reader, "bangunan-baru")


def test_the_work_goes_on_without_the_browser_and_is_found_again(visit, shop):
    page = visit("/muat")
    enter(page)
    drop(page, b"SLOW")
    page.locator(".netra-progress").wait_for()
    show_whole(page, "muat-berjalan")
    assert violations(page) == []
    address = page.url
    assert re.search(r"tugas=[0-9a-f]{16}", address)
    page.close()
    again = visit(address.removeprefix(shop[0]), apart=True)
    assert again.locator(".netra-progress").count() == 0, "a job is shown to those who sign in"
    enter(again)
    again.locator(".netra-progress").wait_for()
    (shop[1] / "go").touch()
    again.get_by_role("button", name="Muat berkas ini").wait_for()
    assert "1.234 baris dibaca" in outcome(again)


def test_a_second_steward_is_refused_with_a_sentence_while_readers_read_on(visit, shop):
    first, second, reader = visit("/muat"), visit("/muat", apart=True), visit("/wilayah")
    enter(first)
    enter(second)
    drop(first, b"SLOW")
    first.locator(".netra-progress").wait_for()
    drop(second, b"NIP")
    second.get_by_text("Pekerjaan lain sedang berjalan").wait_for()
    reader.get_by_role("link", name="Sanksi", exact=True).click()
    reader.wait_for_url("**/sanksi*")
    settle(reader)
    press(first, "Hentikan")
    first.get_by_text("Dihentikan.").wait_for()


def test_an_import_that_is_killed_leaves_a_calm_sentence_and_the_app_unharmed(visit, shop):
    page = visit("/muat")
    enter(page)
    drop(page, b"CRASH")
    page.get_by_text("berhenti tanpa keterangan").wait_for()
    show_whole(page, "muat-terhenti")
    assert violations(page) == []
    reader = visit("/")
    assert "Bangunan data first" in reader.locator("footer.netra-end").inner_text()
    drop(page, b"NIP")
    page.get_by_role("button", name="Muat berkas ini").wait_for()


def test_a_large_file_passes_and_a_list_of_refused_rows_can_be_taken_home(visit):
    page = visit("/muat")
    enter(page)
    drop(page, b"NIP;OPD\n" + b"0" * 5_000_000)
    page.get_by_role("button", name="Muat berkas ini").wait_for()
    settle(page)
    with page.expect_download() as waiting:
        page.locator("[data-testid=stDownloadButton] button").click()
    assert waiting.value.suggested_filename == "netra_ditolak_roster-6408-2024-11-30.csv"
    assert b"nip_length" in Path(waiting.value.path()).read_bytes()


def test_a_file_that_is_too_large_is_refused_in_the_readers_language(visit, tmp_path):
    large = tmp_path / "besar.csv"
    with large.open("wb") as file:
        file.truncate(201 * 1024 * 1024)
    page = visit("/muat")
    enter(page)
    page.locator("input[type=file]").set_input_files(large)
    page.get_by_text("Berkas terlalu besar; paling besar 200.0MB.").wait_for()
    assert violations(page) == []


def test_the_other_kinds_and_the_list_of_files_are_sound(visit):
    page = visit("/muat", width=390, scheme="dark")
    enter(page)
    for kind in ("Register perkara", "Riwayat hukuman disiplin"):
        page.get_by_text(kind, exact=True).click()
        page.get_by_label("Penerbit").wait_for()
        settle(page)
        assert violations(page) == []
    page.get_by_text("Pilihan lain", exact=True).click()
    press(page, "Daftar berkas yang dimuat")
    page.get_by_text("cases-kaltim").wait_for()
    settle(page)
    show_whole(page, "muat-sumber")
    assert violations(page) == []
    assert sideways(page) <= 0


def test_nobody_sends_a_file_without_signing_in(shop):
    door = http.client.HTTPConnection(urlsplit(shop[0]).netloc, timeout=10)
    door.request("PUT", "/_stcore/upload_file/any-session/any-file", b"x")
    assert door.getresponse().status == 403
    door.close()


def test_without_a_key_the_address_shows_the_overview_and_says_so(open_page):
    page = open_page("/muat")
    assert page.locator("h1").inner_text() == "Gambaran Kalimantan"
    assert "halaman=muat" in page.locator("[data-testid='stMain']").inner_text()
    assert page.get_by_role("link", name="Muat data").count() == 0
