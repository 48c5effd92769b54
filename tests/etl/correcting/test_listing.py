"""The list of corrections: strict at build, in the warehouse as written, and part of what a build depends on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest
import yaml

from errors import DefinitionError
from etl.building.build import build
from etl.building.publish import current
from etl.correcting.listing import read_corrections
from exports import receipt
from settings import ROOT, Settings

ENTRY = {
    "id": "K2026-01",
    "published_on": date(2026, 12, 1),
    "wrong_since": date(2026, 10, 5),
    "corrected_on": date(2026, 12, 1),
    "last_build": "0123456789abcdef",
    "kind": "data",
    "raised_by": "office",
    "title": {"id": "Jumlah ASN", "en": "Number of staff"},
    "was": {"id": "Daftar pegawai 2023 dipakai.", "en": "The roster of 2023 was used."},
    "now": {"id": "Daftar pegawai 2024 dipakai.", "en": "The roster of 2024 is used."},
    "figures": ["alleged_rate"],
    "tables": ["core_workforce"],
    "regions": ["6408"],
    "elections": ["PILKADA2024"],
}


@pytest.fixture
def listed(tmp_path, monkeypatch):
    """`listed(*entries)`: makes them the list of corrections."""
    folder = tmp_path / "corrections"
    folder.mkdir()
    monkeypatch.setattr(Settings, "corrections", property(lambda _: folder))

    def write(*entries: object, name: str = "2026.yml") -> Path:
        (folder / name).write_text(yaml.safe_dump(list(entries), allow_unicode=True), "utf-8")
        return folder

    return write


def ask(room: Settings, query: str):
    with duckdb.connect(str(room.build / current(room.build).file), read_only=True) as con:
        return con.execute(query).fetchall()


def test_what_the_repository_ships_is_sound():
    read_corrections(Settings())
    assert (ROOT / "data" / "corrections" / "README.md").is_file()


def test_the_example_of_the_readme_is_a_correction(listed, room):
    text = (ROOT / "data" / "corrections" / "README.md").read_text("utf-8")
    (example,) = yaml.safe_load(text.split("```yaml")[1].split("```")[0])
    listed(example)
    assert read_corrections(room)[0].regions == ("6408",)


def test_entries_stand_in_the_warehouse_and_change_its_content(listed, room):
    assert build(room)[1]
    without = current(room.build).content_hash
    assert ask(room, "SELECT count(*) FROM core_correction") == [(0,)]
    listed(
        ENTRY,
        ENTRY | {"id": "K2026-02", "corrected_on": None, "last_build": None, "builds": ["ab" * 8, "cd" * 8]},
    )
    assert build(room)[1]
    assert current(room.build).content_hash != without
    assert ask(
        room, "SELECT correction_id, corrected_on, last_build, title_en FROM core_correction ORDER BY 1"
    ) == [
        ("K2026-01", date(2026, 12, 1), "0123456789abcdef", "Number of staff"),
        ("K2026-02", None, None, "Number of staff"),
    ]
    assert ask(room, "SELECT scope, code FROM core_correction_scope WHERE correction_id = 'K2026-01' ORDER BY ALL") == [
        ("election", "PILKADA2024"), ("figure", "alleged_rate"), ("region", "6408"), ("table", "core_workforce"),
    ]  # fmt: skip
    assert not build(room)[1]


def test_a_wrong_entry_keeps_the_previous_build(listed, room):
    build(room)
    before = current(room.build)
    listed(ENTRY | {"kind": "gossip"})
    with pytest.raises(DefinitionError) as fault:
        build(room)
    assert fault.value.exit_code == 12
    assert current(room.build) == before


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"id": "1"}, "id"),
        ({"more": 1}, "more"),
        ({"published_on": "yesterday"}, "published_on"),
        ({"wrong_since": date(2027, 1, 1)}, "wrong_since lies after"),
        ({"corrected_on": date(2026, 10, 5)}, "corrected_on is not after"),
        ({"corrected_on": None}, "last_build without"),
        ({"last_build": "x"}, "last_build"),
        ({"raised_by": "Somebody"}, "raised_by"),
        ({"title": {"id": "Judul"}}, "title.en"),
        ({"title": {"id": "Judul", "en": "Judul"}}, "both languages"),
        ({"was": {"id": "NIP 189304122014031001", "en": "A number"}}, "long number"),
        ({"was": {"id": "NIP 18930412 201403 1 001", "en": "A number"}}, "long number"),
        ({"figures": ["nothing"]}, "nothing"),
        ({"tables": ["core_person"]}, "core_person"),
        ({"regions": ["9999"]}, "9999"),
        ({"elections": ["PILKADA1999"]}, "PILKADA1999"),
        ({"regions": ["6408", "6408"]}, "names something twice"),
        ({"builds": ["x"]}, "builds"),
        ({"builds": [f"{'ab' * 8}:0123456789ab"]}, "builds"),
    ],
)
def test_a_fault_is_named_with_file_and_entry(listed, room, change, told):
    listed(ENTRY | change)
    with pytest.raises(DefinitionError, match=told) as fault:
        read_corrections(room)
    assert fault.value.where.startswith("data/corrections/2026.yml [")


@pytest.mark.parametrize(
    "receipt",
    ["ab" * 8, "NK-1234", f"{'ab' * 8}:0123", f"{'ab' * 8} 0123456789ab", f"{'AB' * 8}:0123456789ab",
     f"{'ab' * 8}:0123456789ab ", f"x{'ab' * 8}:0123456789ab", 1234567890123456],
)  # fmt: skip
def test_what_is_no_receipt_is_told_with_file_entry_key_and_cure(listed, room, receipt):
    listed(ENTRY | {"receipts": [f"{'ab' * 8}:0123456789ab", receipt]})
    with pytest.raises(DefinitionError, match="receipts") as fault:
        read_corrections(room)
    assert fault.value.where == "data/corrections/2026.yml [K2026-01]"
    assert "0123456789abcdef:0123456789ab" in fault.value.cure and "under the figure" in fault.value.cure


def test_a_short_receipt_as_it_stands_under_a_figure_can_be_named(listed, room):
    question = receipt.Question("alleged_rate", "government", "all", None, {}, 5)
    short = receipt.Receipt("ab" * 8, "c" * 64, "2026-11-26", question, 1, "0123456789ab" + "f" * 52).short
    listed(ENTRY | {"receipts": [short, f"{'cd' * 8}:{'e' * 64}"]})
    (one,) = read_corrections(room)
    assert one.receipts[0] == short and receipt.parsed(short)
    assert one.named_builds == {"ab" * 8, "cd" * 8}
    assert build(room)[1]
    assert ask(room, "SELECT code FROM core_correction_scope WHERE scope = 'receipt' ORDER BY code") == [
        (short,), (f"{'cd' * 8}:{'e' * 64}",)
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["{", "x: 1", "- 5", "\x00"])
def test_a_file_that_is_no_list_is_told(listed, room, text):
    (listed(ENTRY) / "2026.yml").write_text(text)
    with pytest.raises(DefinitionError, match="Koreksi salah"):
        read_corrections(room)


def test_a_number_that_stands_twice_is_told_across_files(listed, room):
    listed(ENTRY)
    listed(ENTRY, name="2027.yml")
    with pytest.raises(DefinitionError, match="stands twice"):
        read_corrections(room)


def test_dates_in_a_sentence_are_no_number_of_a_person(listed, room):
    listed(ENTRY | {"was": {"id": "Sejak 2026-10-05 keliru.", "en": "Wrong since 2026-10-05."}})
    assert len(read_corrections(room)) == 1
