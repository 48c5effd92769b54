"""A small province of loaded sources that changes one source at a time, and its warehouse made both ways."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb

from etl.agencies.decisions import decision_file
from etl.building.build import build
from etl.building.dictionary import read_dictionary
from etl.building.publish import current
from etl.cards.card import read_cards, restore_card
from etl.loading.cases import CasesRequest, load_cases
from etl.loading.discipline import DisciplineRequest, load_discipline
from etl.loading.prevention import PreventionRequest, load_prevention
from etl.loading.roster import RosterRequest, load_roster
from etl.loading.session import open_session
from etl.mending.corrections import load_corrections
from etl.mending.forgetting import forget
from etl.mending.refused import write_refused
from etl.mending.renumbering import NumbersRequest, load_numbers
from etl.vault.rotation import rotate_key
from etl.vault.store import open_vault, writing
from settings import Settings
from tests.etl.files import CASE_HEADER, HEADER, SIMULATED, case, nip, person, write_csv, write_xlsx

OLD, DAY, NEW = date(2018, 6, 30), date(2023, 11, 30), date(2024, 11, 30)
GOVERNMENTS = ("6401", "6408", "6409", "64", "6201")
AGENCIES = ("Dinas Kesehatan", "DINKES", "Dinas Kehutanan", "Inspektorat", "Dinas Pendidikan")
OFFICE = {"6401": "Pemkab Paser", "6408": "Pemkab Kutai Timur", "6409": "Pemkab Penajam Paser Utara"}
DISCIPLINE = ("id", "nipBaru", "jenisHukumanId", "jenisHukumanNama", "jenisTingkatHukumanId", "alasanHukumanDisiplinNama",
              "skNomor", "skTanggal", "hukumanTanggal", "nomorPp", "simulasi")  # fmt: skip
CAMPAIGN = "MENJADI PESERTA KAMPANYE DENGAN MENGGUNAKAN ATRIBUT PARTAI ATAU ATRIBUT PNS"


class World:
    """Sources of five governments; every method is one change that a steward may make."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.serial = folder, 0
        self.room = Settings(data=folder / "data", key_file=folder / "keys" / "pseudonym.key")

    def file(self) -> Path:
        self.serial += 1
        return self.folder / f"{self.serial}.csv"

    def roster(self, code: str, day: date = NEW, serials: range = range(1, 9), refused: int = 1) -> None:
        """People of one government; the agency goes by the serial, which is theirs alone across governments."""
        start = GOVERNMENTS.index(code) * 100
        rows = [
            person(
                nip(start + serial),
                OPD=AGENCIES[serial % len(AGENCIES)],
                **{"L/P": "P" if serial % 7 == 0 else "L"},
            )
            for serial in serials
        ]
        rows += [person(f"12{number}") for number in range(refused)]
        self._load(load_roster, RosterRequest(write_csv(self.file(), [HEADER, *rows]), code, day))

    def register(self, publisher: str, *cases: tuple[str, ...]) -> None:
        path = write_csv(self.file(), [CASE_HEADER, *cases])
        self._load(load_cases, CasesRequest(path, publisher, replace=True))

    def discipline(self, *serials: int) -> None:
        rows = [
            (f"A-{serial:04d}", nip(serial), "2", "TEGURAN TERTULIS", "R", CAMPAIGN, f"800/{serial}/BKPSDM/2025", "10-01-2025",
             "01-02-2025", "PP 94 Tahun 2021", SIMULATED)
            for serial in serials
        ]  # fmt: skip
        self._load(
            load_discipline,
            DisciplineRequest(write_csv(self.file(), [DISCIPLINE, *rows]), "BKPSDM", replace=True),
        )

    def prevention(self, publisher: str, *days: str) -> None:
        rows = [(day, "Sosialisasi", "Pemkab Paser") for day in (*days, "")]
        path = write_csv(
            self.file(), [("Tanggal Kegiatan", "Jenis Kegiatan", "Pemerintah Daerah"), *rows, ("", "SE", "")]
        )
        self._load(load_prevention, PreventionRequest(path, publisher, replace=True))

    def numbers(self, *pairs: tuple[str, str]) -> None:
        self._load(load_numbers, NumbersRequest(write_csv(self.file(), [("NIP Lama", "NIP Baru"), *pairs])))

    def decide(self, code: str, text: str) -> None:
        path = decision_file(self.room.agencies, code)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def undecide(self, code: str) -> None:
        decision_file(self.room.agencies, code).unlink()

    def remove(self, source_id: str) -> None:
        (self.room.sources / f"{source_id}.yml").unlink()

    def restore(self, source_id: str) -> None:
        with writing(self.room):
            restore_card(self.room.sources, source_id)

    def mend(self) -> None:
        """The refused row of Kutai Timur comes back corrected."""
        self.roster("6408", refused=1)
        write_refused(open_vault(self.room), read_cards(self.room.sources), self.folder / "refused.xlsx")
        rows = [["Sumber Netra", "Baris Netra", *HEADER], ["roster-6408-2024-11-30", "10", *person(nip(199))]]
        session = open_session(self.room)
        load_corrections(session, write_xlsx(self.folder / "mended.xlsx", rows))
        session.close()

    def forget(self, serial: int) -> None:
        forget(self.room, [nip(serial)])

    def rotate(self) -> None:
        rotate_key(self.room)

    def _load(self, load: Callable[..., object], request: object) -> None:
        session = open_session(self.room)
        try:
            load(session, request)
        finally:
            session.close()

    def build(self) -> list[str]:
        """Builds on top of what is there; returns the steps that were told."""
        steps: list[str] = []
        build(self.room, steps.append)
        return steps

    def content(self) -> tuple[str, dict[str, list[tuple[object, ...]]]]:
        """Hash and rows of the current warehouse."""
        return content(self.room)

    def content_from_nothing(
        self, facts: Path | None = None
    ) -> tuple[str, dict[str, list[tuple[object, ...]]]]:
        """The same of a warehouse that is made of the same sources in an empty folder.

        With `facts`, of one that has taken over the facts of another data root and nothing else, which takes half of the time:
        no source says anything about them, and where one did, the two would differ.
        """
        anew = replace(self.room, data=self.folder / "anew")
        shutil.copytree(self.room.data, anew.data, ignore=lambda folder, names: {"build"} & set(names))
        if facts:
            shutil.copytree(facts, anew.build)
        build(anew)
        found = content(anew)
        shutil.rmtree(anew.data)
        return found


def content(room: Settings) -> tuple[str, dict[str, list[tuple[object, ...]]]]:
    """Hash and rows of every table of the current warehouse, the moment of building left out."""
    manifest = current(room.build)
    assert manifest is not None
    with duckdb.connect(str(room.build / manifest.file), read_only=True) as con:
        rows = {}
        for name, table in read_dictionary().items():
            columns = ", ".join(column for column in table.columns if column != "built_at")
            rows[name] = con.execute(f"SELECT {columns} FROM {name} ORDER BY ALL").fetchall()
    return manifest.content_hash, rows


def small_province(folder: Path, registers: bool) -> World:
    """Five rosters with refused rows, a decision, and where asked two registers and a history of discipline; built."""
    world = World(folder)
    for code in GOVERNMENTS:
        world.roster(code)
    world.decide("6408", "same: {DINKES: Dinas Kesehatan}\n")
    if registers:
        world.register(
            "Bawaslu Kaltim",
            act(101, "6408"),
            act(1, "6401", "DINKES", number="2"),
            act(2, "6401", "", number="3"),
        )
        world.register("BKPSDM Kutai Timur", act(101, "6408", number="9"))
        world.discipline(101)
    world.build()
    return world


def act(serial: int, code: str, agency: str = "Dinas Kesehatan", number: str = "1") -> tuple[str, ...]:
    """One row of a register: who, of which government, in which agency."""
    return case(
        **{
            "NIP": nip(serial),
            "Instansi": OFFICE[code],
            "Unit Kerja/OPD": agency,
            "Nomor Register": f"{number}/LP/2024",
        }
    )
