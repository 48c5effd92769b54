"""Invented persons in cases, and the places and elections that everybody knows of."""

from __future__ import annotations

import random

import numpy as np

from etl.protecting.cells import Cells, cells_of
from etl.protecting.counting import Persons
from etl.protecting.family import read_family
from etl.protecting.layout import WHOLE, Known

GOVERNMENTS = ("64", "6401", "6402", "6408", "6471", "6472", "65", "6501", "6571")
ELECTIONS = {
    "PILKADA2020": True,
    "PEMILU2024": True,
    "PILKADA2024": True,
    "PSU2025-KUKAR": False,
    "none": False,
}
BASE = {
    "election_code": "PEMILU2024",
    "employment_type": "PNS",
    "position_class": "pengawas",
    "age_band": "40_49",
    "roster_match": "found",
    "category": "discipline",
    "phase": "campaign",
    "is_recommended": "false",
    "is_decided": "false",
    "recommended_severity": "none",
    "imposed_severity": "none",
    "comparison": "none",
    "severity_pair": "none",
}
BEFORE = "before_candidates_set"
DONE = {"intake": "done", "review": "done"}


def one(home: str, office: str = "dinas", **changes: str) -> dict[str, str]:
    """A person of a government. The code of ethics is breached before candidates are set, all else in the campaign unless told
    otherwise."""
    found = {"province_code": home[:2], "government_code": home, "agency_id": f"{home}-{office}", **BASE}
    if changes.get("category") == "code_of_ethics":
        found["phase"] = BEFORE
    return {**found, **changes}


def decided(home: str, office: str = "dinas", **changes: str) -> dict[str, str]:
    """A person whose light sanction was recommended and decided."""
    same = {"is_recommended": "true", "is_decided": "true", "comparison": "as_recommended"}
    light = {"recommended_severity": "light", "imposed_severity": "light", "severity_pair": "light>light"}
    return one(home, office, **{**same, **light, **changes})


def persons(rows: list[dict[str, str]]) -> Persons:
    """The persons, and the steps that follow from what is said of them: whoever is recommended and not decided waits."""
    steps = []
    for row in rows:
        placed = {
            name: row[name] for name in ("province_code", "government_code", "agency_id", "election_code")
        }
        known = {**DONE, "examination": "done" if row["is_recommended"] == "true" else "waiting"}
        if row["is_recommended"] == "true":
            known["decision"] = "done" if row["is_decided"] == "true" else "waiting"
        if row["is_decided"] == "true":
            # No limit is known of moral sanctions.
            known["delivery"] = "waiting" if row["imposed_severity"] == "moral" else "overdue"
        steps += [{**placed, "stage": stage, "part": part} for stage, part in known.items()]
    return Persons(_table(rows), _table(steps))


def known(covered: frozenset[str] = frozenset(GOVERNMENTS)) -> Known:
    """Two provinces whose governments have two agencies each, and a roster or not."""
    offices = {f"{home}-{office}": home for home in GOVERNMENTS for office in ("dinas", "badan", "unknown")}
    pairs = frozenset((home, period) for home in covered for period in (WHOLE, *ELECTIONS))
    return Known(read_family(), ELECTIONS, {home: home[:2] for home in GOVERNMENTS}, offices, pairs)


def many(seed: int, count: int) -> list[dict[str, str]]:
    """Persons by chance, most of them in few places, as cases are."""
    dice, days = random.Random(seed), random.Random(seed)
    found = []
    for _ in range(count):
        home = dice.choice(GOVERNMENTS[: dice.choice((2, 4, 9))])
        changes = {
            "election_code": dice.choice(tuple(ELECTIONS)[: dice.choice((1, 3, 5))]),
            "employment_type": dice.choice(("PNS",) * 12 + ("PPPK",)),
            "roster_match": dice.choice(("found", "found", "absent")),
            "category": dice.choice(("discipline", "discipline", "code_of_ethics")),
            "age_band": dice.choice(("40_49", "50_plus")),
        }
        if changes["roster_match"] == "absent":
            changes["age_band"] = "unknown"
        if changes["category"] == "discipline":
            changes["phase"] = days.choice(("campaign",) * 6 + (BEFORE, BEFORE, "quiet", "after_voting"))
        kind = dice.choice((one, decided, decided))
        found.append(kind(home, dice.choice(("dinas", "badan")), **changes))
    # Everybody knows that an election which is listed has a case.
    return [*found, *(one("64", election_code=code) for code in ELECTIONS), one("65")]


def cells(rows: list[dict[str, str]], covered: frozenset[str] = frozenset(GOVERNMENTS)) -> Cells:
    """The cells of these persons."""
    return cells_of(known(covered), persons(rows))


def _table(rows: list[dict[str, str]]) -> dict[str, np.ndarray]:
    names = rows[0].keys()
    return {**{name: np.array([row[name] for row in rows]) for name in names}, "persons": np.ones(len(rows))}
