"""Which election, type of violation or sanction a written cell means: codes, official names and known aliases."""

from __future__ import annotations

import csv
import re
from functools import cache

from etl.meaning.regions import normalise, reference_file

ELECTION_WORDS = {
    "pilgub": "pilkada", "pilbup": "pilkada", "pilwali": "pilkada", "pilwalkot": "pilkada", "pemilihan kepala daerah": "pilkada",
    "pemilukada": "pilkada", "pileg": "pemilu", "pilpres": "pemilu", "pemilihan umum": "pemilu", "pilkada serentak": "pilkada",
    "pemilihan serentak": "pilkada", "pemilu serentak": "pemilu",
}  # fmt: skip

# Sanctions as offices shorten them. A text that answers to two of them names none: the clerk must choose.
SANCTION_PATTERNS = (
    ("MORAL_OPEN", r"(moral|pernyataan).*\bterbuka"),
    ("MORAL_CLOSED", r"(moral|pernyataan).*\btertutup"),
    ("L_ORAL", r"teguran lisan"),
    ("L_WRITTEN", r"teguran tertulis"),
    ("L_DISSATISFACTION", r"tidak puas"),
    ("M_TUKIN_6", r"(tun?kin|tunjangan kinerja|tpp)\b.*\b(6|enam) (bulan|bln)"),
    ("M_TUKIN_9", r"(tun?kin|tunjangan kinerja|tpp)\b.*\b(9|sembilan) (bulan|bln)"),
    ("M_TUKIN_12", r"(tun?kin|tunjangan kinerja|tpp)\b.*\b(12|dua belas) (bulan|bln)"),
    ("P53_KGB_12", r"penundaan (kenaikan gaji berkala|kgb)"),
    ("P53_KP_12", r"penundaan (kenaikan pangkat|kp)\b"),
    ("P53_RANK_12", r"penurunan pangkat.*\b(1|satu) (tahun|thn|th)\b"),
    ("P53_RANK_36", r"penurunan pangkat.*\b(3|tiga) (tahun|thn|th)\b"),
    ("H_POSITION_12", r"^(?!.*pemindahan).*penurunan (dari )?jabatan"),
    ("P53_TRANSFER", r"pemindahan.*penurunan jabatan"),
    ("H_RELEASE_12", r"pembebasan dari jabatan.*pelaksana"),
    ("P53_RELEASE", r"^(?!.*pelaksana).*pembebasan dari jabatan"),
    ("H_PDHTAPS", r"dengan hormat tidak atas permintaan sendiri|\bpdhtaps\b"),
    ("H_PTDH", r"tidak dengan hormat|\bptdh\b"),
    ("PPPK_TERMINATION", r"pemutusan hubungan perjanjian kerja"),
)
# Reasons that concern an election, in the words of PP 53/2010 Pasal 4 angka 12 to 15, of PP 94/2021 and of the joint decree.
NEUTRALITY = re.compile(
    r"\bnetral|kampanye|\bpemilu\b|\bpilkada\b|\bpemilukada\b|pemilihan (umum|kepala daerah|gubernur|bupati|presiden|legislatif)"
    r"|pasangan calon|\bpaslon\b|\bbakal calon\b|partai politik|\bparpol\b|tim (sukses|pemenangan)|\bcapres\b|\bcaleg\b"
    r"|calon (anggota )?(presiden|wakil presiden|dewan perwakilan|dpr|dpd|dprd|legislatif)"
    r"|calon (kepala daerah|gubernur|bupati|wali ?kota|perseorangan)"
)
UNSPECIFIC = re.compile(r"^$|kode etik|kode perilaku|^(lain lain|lainnya)$")


def _rows(name: str) -> list[dict[str, str]]:
    with reference_file(name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def _violations() -> dict[str, str]:
    """Every written form to its code; the form that stands first in the catalogue wins."""
    known: dict[str, str] = {}
    for row in _rows("violation_types.csv"):
        for form in (row["code"], row["name_id"], row["name_en"], *row["aliases"].split(";")):
            if form.strip():
                known.setdefault(normalise(form), row["code"])
    return known


@cache
def _sanctions() -> dict[str, str]:
    known: dict[str, str] = {}
    for row in _rows("sanctions.csv"):
        for form in (row["code"], row["name_id"], row["name_en"]):
            known.setdefault(normalise(form), row["code"])
    return known


@cache
def _elections() -> dict[str, str]:
    known: dict[str, str] = {}
    for row in _rows("elections.csv"):
        for form in (row["code"], row["name_id"], row["name_en"]):
            known.setdefault(normalise(form), row["code"])
        if row["code"] in ("PILKADA" + row["voting_date"][:4], "PEMILU" + row["voting_date"][:4]):
            known.setdefault(f"{row['type']} {row['voting_date'][:4]}", row["code"])
    return known


def violation_of(text: str) -> str | None:
    """The code of a written type of violation, or None."""
    name = normalise(text)
    head = normalise(text.split(" ", maxsplit=1)[0]) if text else ""
    return _violations().get(name) or _violations().get(head)


def sanction_of(text: str) -> str | None:
    """The code of a written sanction, or None."""
    name = normalise(text)
    head = normalise(text.split(" ", maxsplit=1)[0]) if text else ""
    return _sanctions().get(name) or _sanctions().get(head) or _shortened(name)


def _shortened(name: str) -> str | None:
    found = [code for code, pattern in SANCTION_PATTERNS if re.search(pattern, name)]
    return found[0] if len(found) == 1 else None


def siasn_sanction_of(sanction_id: str) -> str | None:
    """The code of a SIASN sanction id ("21", "01"), or None. SIASN's own level is not asked: it files moral under R."""
    row = _siasn("siasn_sanctions.csv").get(_siasn_id(sanction_id))
    return (row["sanction_code"] or None) if row else None


def siasn_levels() -> dict[str, str]:
    """The level (R, S, B) under which SIASN files each sanction, by our code: a check on its files, never a severity."""
    return {
        row["sanction_code"]: row["level"]
        for row in _siasn("siasn_sanctions.csv").values()
        if row["sanction_code"]
    }


def is_reactivation(sanction: str) -> bool:
    """Whether a SIASN id or name stands for lifting a sanction, which is not a sanction itself."""
    if re.search("pengaktifan", normalise(sanction)):
        return True
    row = _siasn("siasn_sanctions.csv").get(_siasn_id(sanction))
    return row is not None and row["is_sanction"] == "false"


def concerns_neutrality(reason: str) -> bool | None:
    """Whether the reason of a sanction, as SIASN id or in words, concerns an election; None where it does not tell."""
    row = _siasn("siasn_reasons.csv").get(_siasn_id(reason))
    if row:
        return row["is_neutrality"] == "true"
    name = normalise(reason)
    return True if NEUTRALITY.search(name) else None if UNSPECIFIC.search(name) else False


def _siasn_id(text: str) -> str:
    return text.strip().upper().removesuffix(".0").lstrip("0")


@cache
def _siasn(name: str) -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in _rows(name)}


def election_of(text: str) -> str | None:
    """The code of a written election ("Pilgub 2024", "Pemilu Serentak 2019"), or None."""
    name = normalise(text)
    if name in _elections():
        return _elections()[name]
    for word, kind in sorted(ELECTION_WORDS.items(), key=lambda item: -len(item[0])):
        name = re.sub(rf"\b{word}\b", kind, name)
    match = re.search(r"\b(pilkada|pemilu)\b.*\b(20\d\d)\b", name)
    return _elections().get(f"{match.group(1)} {match.group(2)}") if match else None
