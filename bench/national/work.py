"""What every hand is given and what it says afterwards: one task, one form of report, so that they can be compared."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

import settings
from bench.clock import peak_mib

COLUMNS = {
    "nip": "NIP BARU",
    "gender": "JENIS KELAMIN",
    "employment": "STATUS CPNS PNS",
    "rank": "GOL AKHIR NAMA",
    "kind": "JENIS JABATAN NAMA",
    "position": "JABATAN NAMA",
    "agency": "UNOR NAMA",
    "work": "INSTANSI KERJA NAMA",
    "standing": "KEDUDUKAN HUKUM NAMA",
    "birth": "TANGGAL LAHIR",
    "mark": "KETERANGAN",
}
"""The columns of which a roster is used, as SIASN spells them; the names of people are not among them."""
EMPLOYMENTS = ("PNS", "PPPK")
DIMENSIONS = ("employment_type", "position_class", "rank_group", "gender", "age_band")
DOUBTS = ("birth_disagrees", "employment_disagrees", "gender_disagrees")
PEOPLE = "people.parquet"
RULES = (
    "nip_missing", "nip_scientific", "nip_not_digits", "nip_old_number", "nip_length", "nip_truncated", "nip_birth_date",
    "nip_appointment_year", "nip_month_code", "nip_gender_digit", "simulated_living", "nip_birth_year", "other_government",
    "agency_missing", "duplicate_person",
)  # fmt: skip
"""Why a row is refused, in the order of explanation."""


@dataclass(frozen=True)
class Task:
    """A roster of one government on a date, and the folder where the results go."""

    path: Path
    government: str
    as_of: date
    out: Path

    @property
    def words(self) -> tuple[str, ...]:
        """The task on a command line."""
        return (str(self.path), self.government, self.as_of.isoformat(), str(self.out))

    @staticmethod
    def of(words: list[str]) -> Task:
        """The task that a command line names."""
        return Task(Path(words[0]), words[1], date.fromisoformat(words[2]), Path(words[3]))


@dataclass(frozen=True)
class Counts:
    """What was found; two hands that did the same work say the same."""

    read: int
    loaded: int
    refused: dict[str, int]
    pns_active: int
    pppk_active: int
    warnings: dict[str, int]
    agencies: int
    headcount: dict[str, int] = field(repr=False)
    """Active persons by the five dimensions, joined by a bar."""
    warehouse: str | None = None
    """The content hash of the warehouse that was built; None where a hand builds none."""


def spend(work: Callable[[Task], Callable[[], Counts]]) -> None:
    """Does the task of the command line and prints what it took; counting for the report is not part of it."""
    task = Task.of(sys.argv[1:])
    task.out.mkdir(parents=True, exist_ok=True)
    started, used = time.perf_counter(), time.process_time()
    count = work(task)
    took = {"seconds": time.perf_counter() - started, "cpu": time.process_time() - used, "peak": peak_mib()}
    print(json.dumps({**took, "counts": asdict(count())}))


def secret() -> str:
    """The key of pseudonyms as text, in which form libraries take it."""
    from keys import read_keys

    return read_keys(settings.read().key_file)[0].decode("ascii")
