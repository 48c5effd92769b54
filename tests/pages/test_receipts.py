"""A receipt leads back to its numbers: in an older build as long as it is kept, and never to other numbers in silence."""

import json

import pytest

from exports import receipt
from tests import builders
from tests.pages.conftest import PAGES, sound, text
from tests.pages.test_editions import publish
from ui import download, results
from ui.access import run
from ui.downloading import receipts
from ui.frame import older
from warehouse.selection import Selection


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Two builds of other numbers; the second is the current one."""
    publish(tmp_path, "old-1", persons=7, made="2025-01-31T03:15:00Z")
    publish(tmp_path, "new-2", persons=9)
    monkeypatch.setenv("NETRA_DATA", str(tmp_path))
    return tmp_path


def short(build):
    run.begin(build)
    got = receipts.of(results.of("alleged_persons", Selection(), "government"))
    run.begin()
    return got.short


def told(app):
    return [box.value for box in app.warning]


def said(app):
    return "\n".join(element.proto.body for element in app.get("html"))


VIEW = {"ukuran": "alleged_persons", "tingkat": "government"}


def test_an_address_with_a_build_shows_that_build_and_says_that_a_newer_exists(folder, start):
    app = sound(start(folder=folder, bangunan="old-1"))
    assert ">7<" in text(app) and ">9<" not in text(app)
    assert "Angka lama" in told(app)[0] and "31 Januari 2025" in told(app)[0]
    assert "Bangunan data old-1" in text(app)
    app.button(key="leave_build").click().run()
    assert ">9<" in text(sound(app)) and not told(app)
    assert "bangunan" not in app.query_params


@pytest.mark.parametrize("page", PAGES)
def test_every_page_shows_the_build_of_its_address(folder, start, page):
    app = sound(start(page, folder=folder, bangunan="old-1"))
    assert "Bangunan data old-1" in text(app)
    assert len(told(app)) == 1


def test_the_current_build_needs_no_notice(folder, start):
    app = sound(start(folder=folder, bangunan="new-2"))
    assert ">9<" in text(app) and not told(app)


@pytest.mark.parametrize("asked", ["gone-3", "../new-2", "x" * 300, "`x`"])
def test_a_build_that_is_not_kept_gives_way_to_the_current_one_and_says_so(folder, start, asked):
    app = sound(start(folder=folder, bangunan=asked, bahasa="en"))
    assert ">9<" in text(app)
    assert "is not kept here" in told(app)[0]


@pytest.mark.parametrize(
    ("language", "words"),
    [("id", "sudah dihapus menurut aturan"), ("en", "has been deleted under the rules")],
)
def test_a_receipt_of_a_deleted_build_says_that_it_was_deleted_and_when_it_was_made(
    folder, start, language, words
):
    named = short("old-1")
    manifest = {"built_at": "2025-01-31T03:15:00Z", "content_hash": "a"}
    (folder / "build" / "warehouse-old-1.json").write_text(json.dumps(manifest))
    (folder / "build" / "warehouse-old-1.duckdb").unlink()
    app = sound(start("downloads", folder=folder, kuitansi=named, bahasa=language, **VIEW))
    assert words in told(app)[0] and "2025-01-31" in told(app)[0] and "old-1" in told(app)[0]
    assert "new-2" in text(app)


def test_a_build_that_cannot_be_read_gives_way_as_well(folder, start):
    (folder / "build" / "warehouse-broken.duckdb").write_bytes(b"no warehouse")
    app = sound(start(folder=folder, bangunan="broken"))
    assert ">9<" in text(app) and "tidak terbaca" in told(app)[0]


def test_a_receipt_opens_its_build_and_is_found_right(folder, start):
    app = sound(start("downloads", folder=folder, kuitansi=short("old-1"), **VIEW))
    assert f"Kuitansi {short('old-1')} cocok" in said(app)
    assert "Angka lama" in told(app)[0]
    assert short("old-1") != short("new-2")


@pytest.mark.parametrize("change", ["hash", "build", "view", "text"])
def test_a_receipt_that_does_not_verify_says_so(folder, start, change):
    good, view = short("new-2"), dict(VIEW)
    asked = {
        "hash": good[:-1] + ("0" if good[-1] != "0" else "1"),
        "build": good.replace("new-2", "old-1"),
        "view": good,
        "text": "<b>x</b>",
    }[change]
    if change == "view":
        view["tingkat"] = "province"
    app = sound(start("downloads", folder=folder, kuitansi=asked, bahasa="en", **view))
    assert "does not verify" in said(app)
    assert "<b>x</b>" not in said(app)


def test_the_receipt_of_the_page_is_that_of_the_download(folder, start):
    app = sound(start("downloads", folder=folder, **VIEW))
    line = next(element.value for element in app.markdown if element.value.startswith("Kuitansi"))
    result = results.of("alleged_persons", Selection(), "government")
    assert receipt.of(result, download.edition()).short in line
    assert f"bangunan={results.version()}" in line


def test_an_address_names_its_build_itself_or_by_its_receipt():
    assert older.wanted({}) is None
    assert older.wanted({"bangunan": "a"}) == "a"
    assert older.wanted({"kuitansi": "b-1:0123456789ab"}) == "b-1"
    assert older.wanted({"kuitansi": "nonsense"}) is None


def test_a_build_stays_in_links_and_a_receipt_does_not(folder):
    from ui.frame import address

    asked = {"bangunan": "old-1", "kuitansi": "old-1:0123456789ab", "bahasa": "en"}
    assert address.known_parts(asked) == {"bangunan": "old-1", "bahasa": "en"}
    assert address.write(asked, Selection()) == {"bangunan": "old-1", "bahasa": "en"}


CORRECTION = {
    "correction_id": "K2026-01",
    "published_on": "2026-12-01",
    "wrong_since": "2025-01-01",
    "corrected_on": "2026-12-01",
    "last_build": "old-1",
    "kind": "data",
    "raised_by": "office",
    "title_id": "Jumlah ASN",
    "title_en": "Number of staff",
    "was_id": "Daftar lama.",
    "was_en": "An old roster.",
    "now_id": "Daftar baru.",
    "now_en": "A new roster.",
}


def test_an_old_receipt_shows_the_correction_that_touches_it(tmp_path, monkeypatch, start):
    """The current build knows it, not the old one; a place that it does not concern stays without."""
    publish(tmp_path, "old-1", persons=7, made="2025-01-31T03:15:00Z")
    monkeypatch.setenv("NETRA_DATA", str(tmp_path))
    named = short("old-1")
    scopes = [{"correction_id": "K2026-01", "scope": "region", "code": "6472"}]
    rows = {"core_correction": [CORRECTION], "core_correction_scope": scopes}
    builders.build(tmp_path, {"mart_case": [builders.case() for _ in range(9)], **rows}, build_id="new-2")
    app = sound(start("downloads", folder=tmp_path, kuitansi=named, **VIEW))
    assert "Koreksi K2026-01: Jumlah ASN" in told(app)[1]
    app = sound(start(folder=tmp_path, bangunan="old-1", provinsi="61"))
    assert len(told(app)) == 1


def test_a_correction_of_one_receipt_shows_with_that_receipt_and_no_other_of_its_build(
    tmp_path, monkeypatch, start
):
    publish(tmp_path, "old-1", persons=7, made="2025-01-31T03:15:00Z")
    monkeypatch.setenv("NETRA_DATA", str(tmp_path))
    run.begin("old-1")
    whole = receipts.of(results.of("alleged_persons", Selection(), "government"))
    other = receipts.of(results.of("alleged_persons", Selection(), "province"))
    run.begin()
    scopes = [{"correction_id": "K2026-01", "scope": "receipt", "code": whole.short}]
    rows = {"core_correction": [CORRECTION], "core_correction_scope": scopes}
    builders.build(tmp_path, {"mart_case": [builders.case() for _ in range(9)], **rows}, build_id="new-2")
    for named in (whole.short, f"old-1:{whole.content_hash}"):
        app = sound(start("downloads", folder=tmp_path, kuitansi=named, **VIEW))
        assert "Koreksi K2026-01: Jumlah ASN" in told(app)[1]
    app = sound(start("downloads", folder=tmp_path, kuitansi=other.short, **VIEW | {"tingkat": "province"}))
    assert f"Kuitansi {other.short} cocok" in said(app)
    assert len(told(app)) == 1
