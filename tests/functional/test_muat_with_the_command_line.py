"""The data steward's journey with the command line itself (`python -m etl … --json`), from an empty data folder to the way back."""

from __future__ import annotations

import os

import pytest

from tests.etl.files import HEADER, nip, person
from tests.functional.conftest import served, visitor
from tests.functional.looking import settle, violations
from tests.functional.test_muat import KEY, drop, enter, outcome, press

NAME = "Ananda Contoh"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A server with a steward key and nothing loaded, run by the real command line."""
    root = tmp_path_factory.mktemp("office")
    environment = os.environ | {
        "NETRA_DATA": str(root / "data"), "NETRA_KEY_FILE": str(root / "key"), "NETRA_STEWARD_KEY": KEY,
    }  # fmt: skip
    with served(environment, root / "server.log") as address:
        yield address, root


@pytest.fixture
def visit(profile, office):
    with visitor(profile, office[0]) as visit:
        yield visit


def roster(people: int) -> bytes:
    """A roster with one number that a spreadsheet has destroyed."""
    rows = [HEADER, *(person(nip(serial), Nama=NAME) for serial in range(1, people + 1)), person("1,98E+17")]
    return "\r\n".join(";".join(row) for row in rows).encode()


def load_and_publish(page) -> None:
    press(page, "Muat berkas ini")
    page.get_by_role("button", name="Terbitkan sekarang").click()
    page.get_by_text("Pembaca sekarang melihat bangunan").wait_for(timeout=120_000)
    settle(page)


def go_back(page) -> None:
    page.get_by_text("Kembali ke bangunan sebelumnya", exact=True).first.click()
    page.get_by_text("Ya, tampilkan bangunan sebelumnya kepada pembaca").click()
    settle(page)
    page.get_by_role("button", name="Kembali ke bangunan sebelumnya", exact=True).last.click()


def current(office) -> str:
    return (office[1] / "data" / "build" / "current").read_text()


def test_from_an_empty_folder_to_the_way_back(visit, office):
    page = visit("/muat")
    enter(page)
    assert "Belum ada bangunan data." in page.locator("footer.netra-end").inner_text()

    drop(page, roster(40), f"Daftar {nip(1)}.csv")
    page.get_by_role("button", name="Muat berkas ini").wait_for(timeout=60_000)
    told = outcome(page)
    assert "41 baris dibaca: 40 dapat dimuat, 1 ditolak." in told
    assert "tidak dinyatakan" in told and "perangkat daerah" in told
    assert nip(1) not in page.locator("body").inner_text()
    assert violations(page) == []
    assert not list((office[1] / "data").glob("sources/*.yml")), "a check keeps nothing"
    load_and_publish(page)
    first = current(office)

    reader = visit("/metode")
    assert (
        first.removeprefix("warehouse-").removesuffix(".duckdb\n")
        in reader.locator("footer.netra-end").inner_text()
    )
    go_back(page)
    page.locator(".netra-fault").wait_for(timeout=60_000)
    assert current(office) == first, "there is no earlier build"

    drop(page, roster(45), "pegawai.csv")
    page.get_by_text("46 baris dibaca").wait_for(timeout=60_000)
    load_and_publish(page)
    second = current(office)
    assert second != first
    reader.get_by_text("EN", exact=True).click()
    reader.get_by_text("New data.").wait_for()

    go_back(page)
    page.locator(".st-key-steward_outcome h2", has_text="Kembali ke bangunan sebelumnya").wait_for()
    page.get_by_text("Pembaca sekarang melihat bangunan").wait_for(timeout=60_000)
    assert current(office) == first


def test_a_total_that_differs_stops_the_load_and_says_what_to_do(visit, office):
    page = visit("/muat")
    enter(page)
    page.get_by_label("Jumlah PNS aktif menurut instansi").fill("9.999")
    drop(page, roster(50), "selisih.csv")
    page.locator(".netra-fault").wait_for(timeout=60_000)
    told = outcome(page)
    assert "9999" in told.replace(".", "")
    assert "Nama petugas yang menerima selisih jumlah" in told
    assert page.get_by_role("button", name="Muat berkas ini").count() == 0


def test_nothing_of_a_person_lies_outside_the_vault(visit, office):
    """After the journeys above: every byte of the data folder, the server's log and the temporary folder of the test."""
    page = visit("/muat")
    enter(page)
    drop(page, roster(10), f"Lampiran {nip(1)}.csv")
    page.get_by_text("11 baris dibaca").wait_for(timeout=60_000)
    secrets = (nip(1), NAME)
    for path in office[1].rglob("*"):
        if path.is_file() and "vault" not in path.parts and path.name != "key":
            content = path.read_bytes()
            assert not [secret for secret in secrets if secret.encode() in content], path
