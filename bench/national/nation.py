"""The country in one warehouse: rosters of 4.7 million persons at six dates and registers of 100 thousand cases.

The people are divided among the 61 governments that the product knows; nobody is alive, every row says that it is made up.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from bench.national.roster import Roster, write_roster
from bench.national.vocabulary import AGENCIES as NAMES
from bench.national.vocabulary import POSITIONS
from etl.meaning.regions import read_regions

SNAPSHOTS = tuple(
    date.fromisoformat(day)
    for day in ("2024-03-31", "2024-06-30", "2024-11-30", "2025-06-30", "2025-12-31", "2026-06-30")
)
AGENCIES = 40
CASES = 100_000
FIRST, DAYS = date(2023, 11, 1), 480
"""The days of the acts: the general election and the regional ones of 2024, and after."""
STEPS = (
    ("Tanggal Laporan", 14, 1.0), ("Tanggal Registrasi", 10, 0.95), ("Tanggal Penerusan", 30, 0.8),
    ("Tanggal Rekomendasi", 90, 0.7), ("Tanggal Keputusan PPK", 120, 0.8), ("Tanggal Penyampaian", 20, 0.9),
    ("Tanggal Berlaku", 20, 0.9),
)  # fmt: skip
"""The dated steps of a case in order: within how many days, and which share of those who came so far goes on."""
VIOLATIONS = ("DIS-02", "DIS-04", "DIS-06", "ETH-03")
SANCTIONS = {"Tanggal Rekomendasi": "Rekomendasi Sanksi", "Tanggal Keputusan PPK": "Sanksi Dijatuhkan"}
SANCTION = "Penundaan kenaikan pangkat selama 1 tahun"


@dataclass(frozen=True)
class Nation:
    """How much to make: persons at each date, cases, and the dates."""

    persons: int
    cases: int = CASES
    dates: Sequence[date] = SNAPSHOTS


def write_nation(folder: Path, nation: Nation) -> Path:
    """Writes rosters and registers, and the manifest that lists them."""
    folder.mkdir()
    manifest = folder / "manifest.csv"
    with manifest.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("kind", "file", "government_code", "as_of", "publisher", "code_system"))
        writer.writerows(_rosters(folder, nation))
        writer.writerows(_registers(folder, nation))
    return manifest


def _governments() -> list[tuple[str, str]]:
    return [
        (row["code"], f"Pemerintah {'Provinsi ' if row['level'] == 'province' else ''}{row['name']}")
        for row in read_regions()
    ]


def _rosters(folder: Path, nation: Nation) -> Iterator[tuple[str, ...]]:
    """A roster for every government, taken in at every date: the same people, so that one file serves all dates."""
    governments = _governments()
    rows = nation.persons // len(governments)
    for number, (code, name) in enumerate(governments):
        path = folder / f"roster-{code}.csv"
        write_roster(path, Roster(rows, number * rows, name, AGENCIES))
        for as_of in nation.dates:
            yield "roster", path.name, code, as_of.isoformat(), "", ""


def _registers(folder: Path, nation: Nation) -> Iterator[tuple[str, ...]]:
    """A register for every province, with the cases of all governments in it."""
    governments = _governments()
    provinces = sorted({code[:2] for code, _ in governments})
    rows = nation.cases // len(provinces)
    for province in provinces:
        inside = [name for code, name in governments if code[:2] == province]
        path = folder / f"register-{province}.csv"
        _register(province, inside, rows).write_csv(path)
        said = max(nation.dates).isoformat(), f"Bawaslu Provinsi {province} (simulasi)", "kemendagri"
        yield "cases", path.name, province, *said


def _register(province: str, governments: Sequence[str], rows: int) -> pl.DataFrame:
    draw = np.random.default_rng(int(province))
    place = draw.integers(len(governments), size=rows)
    position = draw.choice(POSITIONS.hired, rows)
    days, is_going = draw.integers(DAYS, size=rows), np.ones(rows, dtype=bool)
    columns: dict[str, object] = {
        "Nomor Register": [f"{number:05d}/LP/{province}" for number in range(1, rows + 1)],
        "Terlapor": ["CONTOH"] * rows,
        "Status Kepegawaian": np.where(draw.random(rows) < 0.7, "PNS", "PPPK"),
        "Instansi": np.array(governments)[place],
        "Unit Kerja/OPD": NAMES.gather(draw.integers(AGENCIES, size=rows)),
        "Jabatan": POSITIONS.names.gather(position),
        "Tempat Kejadian": [governments[number].removeprefix("Pemerintah ") for number in place],
        "Tanggal Kejadian": _written(days, is_going),
        "Jenis Laporan": np.where(draw.random(rows) < 0.6, "Temuan", "Laporan"),
        "Dugaan Pelanggaran": np.array(VIOLATIONS)[draw.integers(len(VIOLATIONS), size=rows)],
    }
    for name, within, share in STEPS:
        days = days + 1 + draw.integers(within, size=rows)
        is_going &= draw.random(rows) < share
        columns[name] = _written(days, is_going)
        if name in SANCTIONS:
            columns[SANCTIONS[name]] = np.where(is_going, SANCTION, "")
    columns["Status Akhir"] = np.where(is_going, "Selesai", "Masih diproses")
    columns["Keterangan"] = ["DATA SIMULASI"] * rows
    return pl.DataFrame(columns)


def _written(days: np.ndarray, is_there: np.ndarray) -> list[str]:
    """Days after FIRST as a register writes them; empty where the step has not been taken."""
    written = [f"{FIRST + timedelta(number):%d/%m/%Y}" for number in range(int(days.max()) + 1)]
    return [written[day] if there else "" for day, there in zip(days, is_there, strict=True)]
