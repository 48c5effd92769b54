"""What written cells mean, in plain Python: the rules of `etl/sql/load/macros.sql`, written a second time.

The other hands ask once for every distinct text. That they arrive at the same counts as the product is checked
whenever the bench runs.
"""

from __future__ import annotations

import re
from datetime import date

DASHES = ("-", "–")
IGNORED = re.compile(r"[\s.'\"`’-]")
SCIENTIFIC = re.compile(r"['\"]?\d([.,]\d+)?[eE]\+?\d+")
FOOTER = re.compile(r"^(?:sub ?)?(?:jumlah|total)|mengetahui|^catatan")
CLASSES = ("jpt", "administrator", "pengawas", "fungsional", "pelaksana", "unknown")
BANDS = ("under_30", "30_39", "40_49", "50_plus", "unknown")
GENDERS = ("male", "female", "unknown")
ROMAN = (
    "I",
    "II",
    "III",
    "IV",
    "V",
    "VI",
    "VII",
    "VIII",
    "IX",
    "X",
    "XI",
    "XII",
    "XIII",
    "XIV",
    "XV",
    "XVI",
    "XVII",
)
YEARS_BACK = 74
OLDEST_LIVING = 1930
PNS_GROUP = re.compile(r"\b(IV|III|II|I) ?/ ?[a-eA-E]\b")
PPPK_GROUP = re.compile(r"\b(XVII|XVI|XV|XIV|XIII|XII|XI|X|IX|VIII|VII|VI|V|IV|III|II|I)\b")
KINDS = (
    (r"pimpinan tinggi|jpt", (), "jpt"),
    (r"administrator|eselon iii", (), "administrator"),
    (r"pengawas|eselon iv", (), "pengawas"),
    (r"jft|fungsional tertentu", ("fungsional", "jabatan fungsional", "2"), "fungsional"),
    (r"jfu|fungsional umum|pelaksana", ("4",), "pelaksana"),
)
NAMES = (
    (
        r"^(sekretaris daerah|asisten|staf ahli|kepala (dinas|badan|biro|satuan)|inspektur$"
        r"|inspektur (daerah|provinsi|kabupaten|kota)|direktur rsud|sekretaris dprd)",
        "jpt",
    ),
    (
        r"^(camat|kepala bidang|kepala bagian|sekretaris (dinas|badan|kecamatan)|inspektur pembantu)",
        "administrator",
    ),
    (r"^(lurah|kepala (sub|seksi|uptd|tata usaha))", "pengawas"),
    (r"ahli (utama|madya|muda|pertama)|guru|dokter|bidan|perawat|penyuluh|dosen|auditor", "fungsional"),
    (
        r"^(pengadministrasi|pengelola|pengolah|penelaah|penata|analis|pelaksana|staf|operator|pengemudi)",
        "pelaksana",
    ),
)
LEFT = r"^(02|66|98|99)$|pensiun|bup|berhenti|diberhentikan|pemberhentian|meninggal|cltn|luar tanggungan"


def cell(text: str | None) -> str:
    """A cell as it counts: a lone dash stands for an empty one."""
    return "" if text is None or text.strip() in DASHES else text


def bare(text: str) -> str:
    """Small letters and digits, words apart by one space."""
    return re.sub(r"[^0-9a-z]+", " ", text.lower()).strip()


def position_class_of(kind: str, name: str) -> str:
    """The class that the type of a position says, or else its name."""
    kind, name = bare(kind), bare(name)
    for pattern, whole, found in KINDS:
        if kind in whole or re.search(pattern, kind):
            return found
    for pattern, found in NAMES:
        if re.search(pattern, name):
            return found
    return "pengawas" if kind in ("struktural", "1") and name else "unknown"


def rank_group_of(text: str, employment: str) -> str:
    """The group of a rank on the scale of the employment."""
    match = PNS_GROUP.search(text) if employment == "PNS" else PPPK_GROUP.search(text.upper())
    return f"{employment}-{match.group(1)}" if match else "unknown"


def gender_of(text: str, digit: int | None) -> str:
    """The gender that the column says, or else the digit of the number."""
    if bare(text) in ("m", "l", "lk", "laki laki", "pria", "male", "1"):
        return "male"
    if bare(text) in ("f", "p", "pr", "perempuan", "wanita", "female", "2"):
        return "female"
    return {1: "male", 2: "female"}.get(digit or 0, "unknown")


def stated_employment(text: str) -> str | None:
    """What the column of status says, or None where it says nothing of it."""
    said = bare(text)
    if re.search("p3k|pppk|perjanjian kerja", said):
        return "PPPK"
    if re.search("honor|kontrak|non asn|thl|tkk|kepala desa|perangkat desa|ppnpn|ptt", said):
        return "non_asn"
    return "PNS" if re.search("pns|cpns|pegawai negeri", said) else None


def counts_as_active(text: str) -> bool:
    """Whether a legal standing counts; a suspended person still is a civil servant."""
    said = bare(text)
    return said == "04" or "pemberhentian sementara" in said or not re.search(LEFT, said)


def is_marked_simulated(text: str) -> bool:
    """Whether a remark says that the person is made up."""
    return bare(text) in ("data simulasi", "simulasi", "ya simulasi")


def written_day(text: str) -> int | None:
    """A date as the generated rosters write it, as the number YYYYMMDD; None where there is none."""
    match = re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", text.strip())
    return int(match[3]) * 10_000 + int(match[2]) * 100 + int(match[1]) if match else None


def age_band_at(day: int, until: date, is_simulated: bool) -> str:
    """The age band on a date of somebody born on a day given as YYYYMMDD."""
    born = day // 10_000 + (YEARS_BACK if is_simulated else 0)
    age = until.year - born - (day % 10_000 > until.month * 100 + until.day)
    limits = ((30, "under_30"), (40, "30_39"), (50, "40_49"), (100, "50_plus"))
    return next((band for limit, band in limits if age < limit), "unknown")


def is_day(day: int) -> bool:
    """Whether a number YYYYMMDD is a date."""
    try:
        date(day // 10_000, day // 100 % 100, day % 100)
    except ValueError:
        return False
    return True


def odd_number_fault(text: str, digits: str) -> str | None:
    """Why a number that is not 18 plain digits cannot be used, or None where it is one after all."""
    if digits == "":
        return "nip_missing"
    if len(digits) == 18 and digits.isascii() and digits.isdigit():
        return None
    if SCIENTIFIC.fullmatch(text.strip()):
        return "nip_scientific"
    if not (digits.isascii() and digits.isdigit()):
        return "nip_not_digits"
    return "nip_old_number" if len(digits) == 9 else "nip_length"


def masked(text: str) -> str:
    """A refused value as the vault may keep it: digits as 9, letters as x."""
    return re.sub("[A-Za-z]", "x", re.sub(r"\d", "9", text[:40]))
