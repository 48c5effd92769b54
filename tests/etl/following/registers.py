"""A register as it might be loaded: persons of all provinces on their way from report to decision, drawn by lot."""

import random
from datetime import date, timedelta

from etl.building.build import build
from etl.loading.cases import CasesRequest, load_cases
from etl.loading.session import open_session
from tests.etl.files import CASE_HEADER, case, nip, write_csv

OFFICES = (
    "Pemkab Kutai Timur", "Pemkot Samarinda", "Pemkot Pontianak", "Pemkot Palangka Raya", "Pemkot Banjarmasin", "Pemkot Tarakan",
)  # fmt: skip
ELECTIONS = {
    "Pilkada 2020": (date(2020, 12, 9), 78),
    "Pemilu 2024": (date(2024, 2, 14), 104),
    "Pilkada 2024": (date(2024, 11, 27), 67),
}


def rows(seed, many):
    """Rows of a register: `many` persons, most of them in few places."""
    dice = random.Random(seed)
    return [_row(dice, number) for number in range(many)]


def built(room, tmp_path, *register):
    """Loads a register into a room and builds it."""
    session = open_session(room)
    file = write_csv(tmp_path / "k.csv", [CASE_HEADER, *register])
    load_cases(session, CasesRequest(file, "Bawaslu RI"))
    session.close()
    build(room)


def _row(dice, number):
    election = dice.choice(tuple(ELECTIONS))
    voting, settled = ELECTIONS[election]
    day = voting - timedelta(
        days=dice.choice((dice.randint(settled + 1, 200), dice.randint(-20, 60), settled - 1))
    )
    steps = {"Tanggal Kejadian": day}
    for name, wait, chance in (
        ("Tanggal Laporan", 5, 1.0), ("Tanggal Registrasi", 3, 1.0), ("Tanggal Penerusan", 25, 0.8),
        ("Tanggal Rekomendasi", 90, 0.8), ("Tanggal Keputusan PPK", 300, 0.7),
    ):  # fmt: skip
        if dice.random() > chance:
            break
        day += timedelta(days=dice.randint(0, wait))
        steps[name] = day
    is_dropped = "Tanggal Penerusan" not in steps and dice.random() < 0.8
    written = dict.fromkeys(("Tanggal Laporan", "Tanggal Registrasi"), "") | {
        name: f"{on:%d-%m-%Y}" for name, on in steps.items()
    }
    return case(
        **{
            "No": str(number),
            "Nomor Register": f"{number:03d}/LP/PB/{voting.year}",
            "NIP": nip(1 + number % 998),
            "Instansi": dice.choice(OFFICES[: dice.choice((1, 2, 4, 6))]),
            "Pemilihan": election,
            "Status Akhir": "Tidak terbukti" if is_dropped else "",
            **written,
        }
    )
