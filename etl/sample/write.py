"""Writes the whole sample: rosters, case registers and the manifest that lists them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.sample.cases.allegations import Allegation, Bench, CaseBook
from etl.sample.cases.allocation import Allocation
from etl.sample.cases.files import write_register
from etl.sample.cases.hands import HANDS, Hand
from etl.sample.cases.register import Catalogue, Scribe
from etl.sample.model import SampleModel, read_definition
from etl.sample.places import (
    Government,
    choose,
    read_election_dates,
    read_governments,
    read_rows,
    read_voting_regions,
)
from etl.sample.workforce import files
from etl.sample.workforce.agencies import Agency, AgencyLists, UsualAgencies
from etl.sample.workforce.columns import Roster
from etl.sample.workforce.dirt import Style, rows_of
from etl.sample.workforce.people import Structure, simulate
from etl.sample.workforce.positions import Directory, staff_on
from etl.sample.workforce.sizes import SizeModel
from settings import Settings

MANIFEST = (
    "kind",
    "file",
    "government_code",
    "as_of",
    "expect_pns",
    "expect_pppk",
    "publisher",
    "code_system",
)
SEED = 2024
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Run:
    """What is asked for: where to, how large, which seed, whom to tell."""

    out: Path
    scale: float
    seed: int
    tell: Progress


def write_sample(
    out: Path,
    *,
    governments: Sequence[str] | None = None,
    scale: float = 1.0,
    seed: int = SEED,
    progress: Progress | None = None,
) -> Path:
    """Writes the simulated files of the asked governments (all by default) and returns the path of `manifest.csv`.

    `scale` multiplies headcounts, not cases. The same seed gives the same bytes, and a government's rosters do not depend
    on which others are written. SelectionError for an unknown government.
    """
    sample = Sample(Settings(), Run(out, scale, seed, progress or (lambda step: None)))
    return sample.write(choose(sample.governments, governments))


class Sample:
    """The model and the reference tables, read once."""

    def __init__(self, settings: Settings, run: Run) -> None:
        reference, published = settings.reference, settings.published
        self.run = run
        self.model = read_definition(reference / "sample_model.yml", SampleModel)
        self.usual = read_definition(reference / "agencies_usual.yml", UsualAgencies)
        self.profiles = dict(self.usual.profiles)
        self.governments = read_governments(reference)
        self.workforce = read_rows(published / "workforce.csv")
        self.sizes = SizeModel(self.model.headcount, self.workforce, self.governments)
        complete = self.model.workforce.complete_agency_lists
        self.agencies = AgencyLists(self.usual, read_rows(published / "agencies.csv"), complete)
        self.voting = read_voting_regions(reference)
        violations = read_rows(published / "violations.csv")
        self.allocation = Allocation(self.model.cases, self.governments, self.voting, violations)
        self.book = CaseBook(self.model.cases, self.governments, read_election_dates(reference))
        names = ("elections.csv", "violation_types.csv", "sanctions.csv")
        self.catalogue = Catalogue.of(*(read_rows(reference / name) for name in names))

    def write(self, chosen: Sequence[Government]) -> Path:
        """All files of the chosen governments."""
        for folder in ("rosters", "cases"):
            (self.run.out / folder).mkdir(parents=True, exist_ok=True)
        incidents = self.allocation.incidents(self.run.seed)
        listed: list[tuple[str, ...]] = []
        allegations: list[Allegation] = []
        for place in chosen:
            self.run.tell(f"{place.code} {place.full_name}")
            own = [incident for incident in incidents if incident.government == place.code]
            bench = self._bench(place)
            listed += self._write_rosters(bench)
            allegations += self.book.allegations(bench, own, self.voting)
        for hand in HANDS:
            rows = [row for row in allegations if row.government.province_code == hand.province]
            if rows or any(place.province_code == hand.province for place in chosen):
                listed.append(self._write_register(hand, rows))
        manifest = self.run.out / "manifest.csv"
        with manifest.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([MANIFEST, *listed])
        return manifest

    def _bench(self, place: Government) -> Bench:
        scale = self.run.scale
        sizes = {entry.as_of: self.sizes.size(place, entry.as_of, scale) for entry in self.model.snapshots}
        agencies = self.agencies.agencies(place)
        stream = (self.run.seed, place.number)
        structure = Structure(agencies, self.profiles, self._fixed(place, agencies))
        population = simulate(sizes, structure, self.model.workforce.turnover, stream)
        directory = Directory(place, agencies, self.usual.titles)
        staff = {
            entry.as_of: staff_on(entry.as_of, population, agencies, self.profiles, directory)
            for entry in self.model.snapshots
            if place.code not in entry.missing
        }
        return Bench(place, population, agencies, staff)

    def _fixed(self, place: Government, agencies: Sequence[Agency]) -> dict[int, int]:
        figures = self.model.workforce.agency_pppk.get(place.code, {})
        pppk = {row["figure_id"]: row["pppk"] for row in self.workforce}
        return {
            number: round(int(pppk[figures[unit.name]]) * self.run.scale)
            for number, unit in enumerate(agencies)
            if unit.name in figures
        }

    def _write_rosters(self, bench: Bench) -> list[tuple[str, ...]]:
        listed = []
        for turn, entry in enumerate(self.model.snapshots):
            if entry.as_of in bench.staff:
                listed.append(self._write_roster(bench, entry.as_of == self.model.snapshots[-1].as_of, turn))
        return listed

    def _write_roster(self, bench: Bench, is_latest: bool, turn: int) -> tuple[str, ...]:
        place, on = bench.place, self.model.snapshots[turn].as_of
        staff = bench.staff[on]
        rows = rows_of(staff, place, self.model.mess, (self.run.seed, place.number * 10 + turn))
        style = Style(place.number + turn + 1)
        roster = Roster(place, on, bench.population, bench.agencies, staff, rows, style)
        writer, suffix = files.write_siasn, "csv"
        if is_latest and place.code in self.model.spreadsheets:
            writer, suffix = files.write_simpeg_sheet, "xlsx"
        elif (place.number + turn) % 2:
            writer = files.write_simpeg
        name = f"rosters/{place.code}-{on.isoformat()}.{suffix}"
        writer(roster, self.run.out / name)
        size = self.sizes.size(place, on, self.run.scale)
        is_declared = is_latest or (place.number + turn) % 3 > 0
        totals = (str(size.pns), str(size.pppk)) if is_declared else ("", "")
        return (
            "roster",
            name,
            place.code,
            on.isoformat(),
            *totals,
            f"BKD/BKPSDM {place.name} (simulasi)",
            "kemendagri",
        )

    def _write_register(self, hand: Hand, rows: Sequence[Allegation]) -> tuple[str, ...]:
        name = f"cases/{hand.file_name}"
        scribe = Scribe(hand, self.catalogue, self.run.seed)
        write_register(hand, scribe.rows(rows), self.run.out / name)
        publisher = f"Bawaslu Provinsi {self.governments[hand.province].name} (simulasi)"
        system = "bps" if hand.names == "bps" else "kemendagri"
        cut_off = self.model.cases.cut_off.isoformat()
        return ("cases", name, hand.province, cut_off, "", "", publisher, system)
