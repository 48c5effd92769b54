"""Weaknesses planted in every kind of sum that the published counts form: the attack finds them, and protection mends them."""

from __future__ import annotations

import numpy as np
import pytest

from etl.protecting.layout import WHOLE, Cell
from stats.disclosure import small
from stats.protecting.attack import attack
from stats.protecting.release import FEW, PUBLISHED, WITHHELD
from stats.protecting.suppression import protect, release
from tests.etl.protecting.persons import BEFORE, GOVERNMENTS, cells, decided, many, one

K = 5
CROWD = [decided(home) for home in GOVERNMENTS for _ in range(12)] + [
    one("64", election_code=code)
    for code in ("PILKADA2020", "PILKADA2024", "PSU2025-KUKAR", "none")
    for _ in range(6)
]
ALL_BUT = frozenset(GOVERNMENTS) - {"6402"}

# What stands beside a crowd in which no count is small, which governments have a roster, and the cell that its neighbours betray.
PLANTED = {
    "an agency is its government less its other agencies": (
        [one("6401", "badan")] * 2,
        frozenset(GOVERNMENTS),
        Cell("agency", "6401-badan", WHOLE, "persons"),
    ),
    "those without a roster are the government that has none": (
        [decided("6402", employment_type="PPPK")] * 2 + [decided("6401", employment_type="PPPK")] * 6,
        ALL_BUT,
        Cell("province", "64", WHOLE, "employment_type=PPPK&is_covered=false"),
    ),
    "a step is its stage less its other parts": (
        [one("6401", is_recommended="true", recommended_severity="light")] * 3,
        frozenset(GOVERNMENTS),
        Cell("province", "64", WHOLE, "part=waiting&stage=decision"),
    ),
    "who waits for a decision is recommended and not decided": (
        [one("6401", is_recommended="true", recommended_severity="light")] * 3,
        frozenset(GOVERNMENTS),
        Cell("government", "6401", WHOLE, "is_decided=false&is_recommended=true"),
    ),
    "a severity is what its pairs and the others leave": (
        [decided("64", imposed_severity="moral", comparison="lighter", severity_pair="light>moral")] * 2,
        frozenset(GOVERNMENTS),
        Cell("kalimantan", "kalimantan", WHOLE, "comparison=lighter&is_decided=true"),
    ),
    "acts before candidates are set and not against the code of ethics are of discipline": (
        [one("64", category="code_of_ethics")] * 7 + [one("64", phase=BEFORE)] * 2,
        frozenset(GOVERNMENTS),
        Cell("kalimantan", "kalimantan", "PEMILU2024", "category=discipline&phase=before_candidates_set"),
    ),
    "who is not on the roster has no age": (
        [one("64", roster_match="absent", age_band="unknown")] * 2,
        frozenset(GOVERNMENTS),
        Cell("kalimantan", "kalimantan", WHOLE, "roster_match=absent"),
    ),
    "a stratum is its employment type less the other strata": (
        [decided("64", age_band="under_30")] * 2,
        frozenset(GOVERNMENTS),
        Cell(
            "kalimantan",
            "kalimantan",
            WHOLE,
            "age_band=under_30&employment_type=PNS&is_covered=true&position_class=pengawas",
        ),
    ),
}


@pytest.mark.parametrize("weakness", PLANTED)
def test_a_planted_weakness_is_found_and_mended(weakness):
    rows, covered, cell = PLANTED[weakness]
    found = cells(CROWD + rows, covered)
    target = np.array([one_cell == cell for one_cell in found.cells])
    assert target.sum() == 1 and small(found.counts, K)[target].all()
    primary = np.where(small(found.counts, K), FEW, PUBLISHED).astype(np.int8)
    primary[~found.shown] = WITHHELD
    weak = attack(found.system, release(found.counts, primary, K), target)
    assert weak.least[target] == weak.most[target] == found.counts[target]
    kept = protect(found.system, found.counts, (K, found.worth), found.shown, found.guards)
    safe = attack(found.system, kept.release(), target, (1, K - 1))
    assert (safe.least[target] <= 1).all() and (safe.most[target] >= K - 1).all()


@pytest.mark.parametrize(
    ("k", "seed", "covered"), [(3, 1, GOVERNMENTS), (5, 2, sorted(ALL_BUT)), (10, 3, ())]
)
def test_every_threshold_withstands_the_attack(k, seed, covered):
    found = cells(many(seed, 50), frozenset(covered))
    assert not (found.system.sums @ found.counts).any()
    kept = protect(found.system, found.counts, (k, found.worth), found.shown, found.guards)
    targets = kept.targets & found.shown
    lowest = np.maximum(1, found.system.least)
    reached = attack(found.system, kept.release(), targets, (1, k - 1))
    assert targets.any()
    # An election that is listed has a case, and so has every election in a whole.
    wide = np.array([cell.level == "kalimantan" or cell.period == WHOLE for cell in found.cells])
    assert (reached.least <= lowest)[targets & ~wide].all() and (reached.most >= k - 1)[targets].all()
    shown = (kept.states == PUBLISHED) & found.shown
    assert (shown & (found.counts > 0)).any(), "something is left to read"


def test_what_is_zero_by_its_meaning_guards_nothing():
    """Whoever is decided has a severity: a zero there that is told as "0 to k-1" would fool only us."""
    found = cells(many(4, 60))
    kept = protect(found.system, found.counts, (K, found.worth), found.shown, found.guards)
    never = ("imposed_severity=none&is_decided=true", "part=late&stage=intake")
    impossible = np.array([cell.measure in never for cell in found.cells]) & found.shown
    assert impossible.any() and (kept.states[impossible] == PUBLISHED).all()
    place = {cell: at for at, cell in enumerate(found.cells)}
    twins = [
        (at, place[cell._replace(measure="is_decided=true&is_recommended=false")])
        for cell, at in place.items()
        if cell.measure == "comparison=none&is_decided=true" and found.shown[at]
    ]
    assert twins and all(kept.states[at] == kept.states[twin] for at, twin in twins)
