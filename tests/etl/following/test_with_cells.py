"""Clock and cells of a built warehouse together: an attacker who has the published rows of both finds nothing that neither tells."""

import itertools

import duckdb
import numpy as np
import pytest

from etl.building.publish import current
from etl.following.elections import KINDS
from stats.protecting.attack import attack
from stats.protecting.release import Release, System
from stats.waiting.phases import bands
from tests.etl.files import case
from tests.etl.following.registers import built, rows
from tests.etl.protecting.test_open_cells import published

K = 5
CODE = "PILKADA2024"
BEFORE = "phase=before_candidates_set"
FAR = 10_000


def asked(room, sql, *values):
    with duckdb.connect(str(room.build / current(room.build).file), read_only=True) as con:
        found = con.execute(sql, list(values))
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


class Joint:
    """The cells of open_cell, and behind them those of the clock of one election: by phase, kind and the days between its steps."""

    def __init__(self, room):
        shown = published(room)
        self.shown, self.counts = shown, [None] * len(shown.cells)
        self.lower, self.upper = shown.told.lower.tolist(), shown.told.upper.tolist()
        self.sums, self.most = _sums(shown.layout.system), shown.layout.system.most.tolist()
        self.steps = asked(room, "FROM open_clock_step WHERE election_code = ? ORDER BY day", CODE)
        election = asked(room, "FROM core_election WHERE election_code = ?", CODE)[0]
        sql = "SELECT phase, category, event_on FROM mart_case WHERE election_code = ?"
        self.persons = [
            (row["phase"], row["category"], (row["event_on"] - election["voting_on"]).days)
            for row in asked(room, sql, CODE)
        ]
        edges = [-FAR, *(step["day"] for step in self.steps[:-1]), FAR]
        self.spans = list(itertools.pairwise(edges))
        self._lay(bands(election))

    def _lay(self, known):
        fine = {
            (phase, kind, span): self.cell((phase, kind, span))
            for (phase, band), kind, span in itertools.product(known.items(), KINDS, self.spans)
            if band is None or (band[0] <= span[1] and band[1] > span[0])
        }
        for phase, kind, span in itertools.product((None, *known), (None, *KINDS), (None, *self.spans)):
            parts = [cell for key, cell in fine.items() if _is_in(key, (phase, kind, span))]
            if span is None:
                where = {"category": kind, "phase": phase}
                name = "&".join(f"{column}={value}" for column, value in where.items() if value) or "persons"
                whole = self.shown.place("kalimantan", "kalimantan", CODE, name)
                self.counts[whole] = self.count((phase, kind, span))
            else:
                whole = self.cell((phase, kind, span))
                if phase is kind is None:
                    self.lower[whole] = self.upper[whole] = self.told(span)
            self.sums.append((whole, parts))

    def told(self, span):
        """Persons of a group of days, as the steps tell them."""
        ups = {step["day"]: step["persons"] for step in self.steps[:-1]} | {
            -FAR: 0,
            FAR: self.steps[-1]["persons"],
        }
        return ups[span[1]] - ups[span[0]]

    def count(self, key):
        """True persons, which no attacker has."""
        phase, kind, span = key
        return sum(
            phase in (None, own) and kind in (None, category) and (span is None or span[0] < day <= span[1])
            for own, category, day in self.persons
        )

    def cell(self, key):
        self.counts.append(self.count(key))
        self.lower.append(0)
        self.upper.append(FAR)
        self.most.append(FAR)
        return len(self.counts) - 1

    def tell(self, measure):
        """What would be if that count were told."""
        place = self.shown.place("kalimantan", "kalimantan", CODE, measure)
        self.lower[place] = self.upper[place] = self.counts[place]

    def narrowed(self):
        """Small counts of the clock and of phases and kinds, and how many of them are pinned down inside 1 to K-1."""
        counts = np.array([-1 if count is None else count for count in self.counts])
        targets = (counts > 0) & (counts < K)
        system = System.of(len(counts), self.sums, None, self.most)
        told = Release(np.array(self.lower), np.array(self.upper))
        reached = attack(system, told, targets, (1, K - 1))
        return int(targets.sum()), int((targets & ((reached.least > 1) | (reached.most < K - 1))).sum())


def _is_in(key, wanted):
    return all(want is None or own == want for own, want in zip(key, wanted, strict=True))


def _sums(system):
    """Each sum as its whole and its parts."""
    matrix, found = system.sums.tocsr(), []
    for start, end in itertools.pairwise(matrix.indptr.tolist()):
        signs, places = matrix.data[start:end].tolist(), matrix.indices[start:end].tolist()
        whole = places[signs.index(-1)]
        found.append((whole, [place for place in places if place != whole]))
    return found


def acts(many, day, violation="DIS-06"):
    """So many acts of a day."""
    on = {"Tanggal Kejadian": day, "Tanggal Laporan": "20-11-2024", "Tanggal Registrasi": "21-11-2024"}
    return [
        case(**{"Nomor Register": f"{number}/{violation}/{day}", "Dugaan Pelanggaran": violation, **on})
        for number in range(many)
    ]


@pytest.fixture
def room_of_a_few(room, tmp_path, on_facts):
    """Nine acts before candidates are set, of which two are of discipline at any time, and more after; and other elections."""
    early = [
        *acts(4, "12-07-2024"),
        *acts(1, "02-08-2024"),
        *acts(2, "05-08-2024", "DIS-03"),
        *acts(2, "06-08-2024"),
    ]
    late = [*acts(12, "01-10-2024"), *acts(11, "20-10-2024"), *acts(2, "25-11-2024"), *acts(1, "24-09-2024")]
    others = [row for row in rows(3, 120) if "Pilkada 2024" not in row]
    built(room, tmp_path, *early, *late, *others)
    return room


def test_cells_and_clock_together_pin_down_nobody(room_of_a_few):
    joint = Joint(room_of_a_few)
    early = [kind for phase, kind, _ in joint.persons if phase == "before_candidates_set"]
    assert len(joint.steps) > 1 and sorted(early) == ["code_of_ethics"] * 7 + ["discipline"] * 2
    targets, narrow = joint.narrowed()
    assert targets > 10 and narrow == 0


@pytest.mark.parametrize("measures", [[BEFORE, "category=code_of_ethics"], [BEFORE, "category=discipline"]])
def test_a_phase_and_a_category_told_at_will_would_be_found_out(room_of_a_few, measures):
    """Planted: 9 before candidates are set, 7 of them against the code of ethics."""
    joint = Joint(room_of_a_few)
    for measure in (*measures, "category=criminal", "category=unknown"):
        joint.tell(measure)
    assert joint.narrowed()[1] > 0
