"""Which kind of preventive activity, and which kind of body behind it, a written cell means."""

from __future__ import annotations

import re
from typing import Final

from etl.meaning.regions import normalise, region_of_name

SEVERAL: Final = "several"
"""What a cell means that names two kinds of activity: neither is chosen for the clerk."""
JOINT: Final = "joint"

KINDS: Final = (
    ("circular", r"\bsurat edaran\b|\bedaran\b|^se\b|\bsurat instruksi\b|\binstruksi (gubernur|bupati|wali ?kota)\b"),
    ("appeal", r"\bhimbauan\b|\bimbauan\b|\bsurat peringatan dini\b|\bbaliho\b|\bspanduk\b|\bpamflet\b|\binfografis\b"),
    ("pledge", r"\bikrar\b|\bpakta integritas\b|\bdeklarasi\b|\bkomitmen bersama\b|\bpernyataan netralitas\b"),
    ("training", r"\bbimbingan teknis\b|\bbimtek\b|\bpelatihan\b|\bdiklat\b|\blokakarya\b|\bworkshop\b"),
    ("coordination", r"\brapat koordinasi\b|\brakor\b|\bkoordinasi\b|\bnota kesepahaman\b|\bmou\b|\bperjanjian kerja ?sama\b"),
    ("socialisation", r"\bsosialisasi\b|\bpenyuluhan\b|\bpembinaan\b|\bsafari\b|\bseminar\b|\barahan\b|\bapel\b"),
    ("other", r"^(lain|lainnya|lain lain|kegiatan lain|kegiatan lainnya|other)$"),
)  # fmt: skip
"""The closed list of kinds, each with the words that offices use for it."""
ISSUERS: Final = (
    ("bawaslu", r"\bbawaslu\b|\bpanwas\w*\b|\bbadan pengawas pemil\w+\b"),
    ("kpu", r"\bkpu\b|\bkomisi pemilihan umum\b"),
    ("bkn", r"\bbkn\b|\bbadan kepegawaian negara\b|\bkanreg\b"),
    ("kasn", r"\bkasn\b|\bkomisi aparatur sipil negara\b"),
    ("ministry", r"\bkemen\w+\b|\bkementerian\b|\bmen ?pan ?rb\b|\bmenteri\b|\bmendagri\b"),
    ("personnel_agency", r"\bbkd\b|\bbkpsdm\w*\b|\bbkpp\w*\b|\bbadan kepegawaian (dan|daerah)\b"),
    ("inspectorate", r"\binspektorat\b"),
    ("head_of_region", r"\bgubernur\b|\bbupati\b|\bwali ?kota\b|\bsekda\b|\bsekretar\w+ daerah\b|\bpj\b"),
    ("government", r"\bpem(prov|kab|kot|da)\w*\b|\bpemerintah\b|\bdinas\b|\bbadan\b|\bkesbangpol\b|\bsatpol\b|\bkecamatan\b"),
)  # fmt: skip
"""Kinds of bodies; the words of an office's own name are never kept, since a person's name may stand beside them."""
PIECES: Final = re.compile(r"\s*(?:[,;/&+\n]|\bdan\b|\bserta\b)\s*", re.IGNORECASE)
TOGETHER: Final = re.compile(rf"{PIECES.pattern}|\bbersama\b|\bdengan\b", re.IGNORECASE)


def kind_of(text: str) -> str | None:
    """The kind of a written activity, SEVERAL where its parts are of two kinds, None where it is of no known one.

    What a part begins with counts: "Sosialisasi surat edaran" is a socialisation.
    """
    found = {kind for piece in PIECES.split(text) if (kind := _first(normalise(piece)))}
    return found.pop() if len(found) == 1 else SEVERAL if found else None


def _first(name: str) -> str | None:
    places = {
        kind: match.start() for kind, pattern in KINDS if (match := re.search(pattern, name)) is not None
    }
    return min(places, key=lambda kind: places[kind]) if places else None


def issuer_of(text: str) -> str | None:
    """The kind of body that a written name means, JOINT where it names several, None where it is of no known kind.

    "government" is any other office of a government: it counts only where nothing more precise is said.
    """
    name = normalise(text)
    bodies = {body for body, pattern in ISSUERS if re.search(pattern, name)}
    precise = bodies - {"government"} or bodies
    return precise.pop() if len(precise) == 1 else JOINT if precise else None


def names_several_governments(text: str) -> bool:
    """Whether a cell names two governments or more ("Pemkab Paser dan Pemkab Kutai Timur")."""
    named = {code for piece in TOGETHER.split(text) if (code := region_of_name(piece)) is not None}
    return len(named) > 1
