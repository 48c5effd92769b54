"""The list of corrections: honest where it is empty, whole where it is not, and no mark-up of anybody's takes effect."""

import pytest

from tests import builders
from tests.pages.conftest import rows, sound, text

ENTRY = {
    "correction_id": "K2026-01",
    "published_on": "2026-12-01",
    "wrong_since": "2026-10-05",
    "corrected_on": "2026-12-01",
    "last_build": "ab" * 8,
    "kind": "data",
    "raised_by": "office",
    "title_id": "Jumlah ASN",
    "title_en": "Number of staff",
    "was_id": "Daftar <b>lama</b> dipakai.",
    "was_en": "An old roster was used.",
    "now_id": "Daftar baru dipakai.",
    "now_en": "The new roster is used.",
}
OPEN = ENTRY | {
    "correction_id": "K2026-02",
    "corrected_on": None,
    "last_build": None,
    "published_on": "2026-12-09",
}
SCOPES = [
    {"correction_id": "K2026-01", "scope": scope, "code": code}
    for scope, code in (
        ("figure", "alleged_rate"),
        ("figure", "NV001"),
        ("region", "6472"),
        ("election", "PILKADA2024"),
    )
]


@pytest.fixture
def corrected(start, tmp_path):
    builders.build(
        tmp_path,
        rows() | {"core_correction": [ENTRY, OPEN], "core_correction_scope": SCOPES},
        build_id="corrected",
    )
    return lambda **address: sound(start("corrections", folder=tmp_path, **address))


def test_without_a_correction_the_page_says_what_that_means(start):
    shown = text(sound(start("corrections")))
    assert "Belum ada koreksi yang diterbitkan. Itu tidak berarti semuanya benar" in shown
    assert "Jangan kirim NIP" in shown


def test_each_correction_says_what_when_and_what_it_touches(corrected):
    app = corrected()
    shown = text(app)
    assert "2 koreksi, yang terbaru di atas." in shown
    assert [header.value for header in app.subheader] == ["K2026-02 · Jumlah ASN", "K2026-01 · Jumlah ASN"]
    assert "Keliru sejak 5 Oktober 2026 sampai sebelum 1 Desember 2026." in shown
    assert "Keliru sejak 5 Oktober 2026 dan belum dibetulkan." in shown
    assert "Ditemukan oleh sebuah instansi, diterbitkan 1 Desember 2026." in shown
    assert "&lt;b&gt;lama&lt;/b&gt;" in shown and "<b>lama" not in shown
    for part in ("NV001", "Kota Samarinda", "Pilkada Serentak 2024", "ab" * 8, "semua"):
        assert part in shown


def test_receipts_that_are_named_stand_there_and_no_other_build_is_said_to_be_touched(start, tmp_path):
    short = f"{'ab' * 8}:0123456789ab"
    scopes = [{"correction_id": "K2026-02", "scope": "receipt", "code": short}]
    builders.build(tmp_path, rows() | {"core_correction": [OPEN], "core_correction_scope": scopes})
    shown = text(sound(start("corrections", folder=tmp_path)))
    assert short in shown and "hanya kuitansi di bawah" in shown
    assert "semua yang dibuat pada hari-hari itu" not in shown


def test_the_page_speaks_english(corrected):
    shown = text(corrected(bahasa="en"))
    for part in (
        "2 corrections, the latest first.",
        "The new roster is used.",
        "What it touches",
        "by an office",
    ):
        assert part in shown
    assert "Keliru" not in shown
