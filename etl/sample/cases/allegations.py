"""Who is alleged to have done what: persons of the simulated rosters, in the positions that published figures name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from etl.sample.cases.allocation import Incident
from etl.sample.cases.sanctions import draw
from etl.sample.cases.timeline import Act, Clock, Course, Intake
from etl.sample.model import CaseModel, Mix
from etl.sample.places import ElectionDates, Government
from etl.sample.workforce.agencies import Agency
from etl.sample.workforce.people import Population
from etl.sample.workforce.positions import ADMINISTRATOR, FUNGSIONAL, JPT, PELAKSANA, PENGAWAS, Staff

GROUPS = {
    "jpt": (JPT,),
    "administrator": (ADMINISTRATOR,),
    "supervisor": (PENGAWAS,),
    "camat_lurah": (ADMINISTRATOR, PENGAWAS),
    "functional": (FUNGSIONAL,),
    "staff": (PELAKSANA,),
}
# The same act before and after candidates are set.
TWINS = {
    "ETIK-01": "DIS-01",
    "ETIK-02": "DIS-02",
    "ETIK-03": "DIS-04",
    "ETIK-04": "DIS-06",
    "ETIK-05": "DIS-07",
}
TWINS_BACK = {after: before for before, after in TWINS.items()}
CAMPAIGN_ONLY = ("PP94-N1", "PP94-N2", "PP94-N4", "PID-01")
NEW_LAW = "PP94-N"


@dataclass(frozen=True)
class Subject:
    """The person of a register row, as far as the register knows."""

    nip: int | None
    employment: str
    agency: str
    title: str


@dataclass(frozen=True)
class Allegation:
    """One row of a register: a person in a case."""

    incident: Incident
    government: Government
    region: Government
    subject: Subject
    act: Act
    intake: Intake
    course: Course
    claimed_code: str
    is_finding: bool


@dataclass(frozen=True)
class Bench:
    """The staff of one government on the dates for which it has a roster."""

    place: Government
    population: Population
    agencies: Sequence[Agency]
    staff: Mapping[date, Staff]

    def near(self, day: date) -> Staff:
        """Staff on the roster date nearest to a day."""
        return self.staff[min(self.staff, key=lambda on: abs((on - day).days))]


class CaseBook:
    """Turns incidents into register rows."""

    def __init__(
        self, model: CaseModel, governments: Mapping[str, Government], dates: Mapping[str, ElectionDates]
    ) -> None:
        self.model, self.governments, self.dates = model, governments, dates
        self.clock = Clock(model)

    def allegations(
        self, bench: Bench, incidents: Sequence[Incident], voting: Mapping[str, frozenset[str]]
    ) -> list[Allegation]:
        """All register rows of one government; nobody is alleged twice."""
        used: set[int] = set()
        rows: list[Allegation] = []
        for incident in incidents:
            region = self._region(bench.place, voting.get(incident.election.code), incident.stream)
            rows += self._case(bench, incident, region, used)
        return rows

    def _case(self, bench: Bench, incident: Incident, region: Government, used: set[int]) -> list[Allegation]:
        random = np.random.default_rng(incident.stream)
        election = incident.election
        act = self.clock.act(election, self.dates.get(election.code), random)
        group = act.group(election)
        code = self._code(self.model.types[group], act, random)
        intake = self.clock.intake(act, election.outcome, random)
        claimed = TWINS.get(code) or TWINS_BACK.get(code) or code
        claimed = claimed if random.random() < self.model.wrong_type_share else code
        is_finding = bool(random.random() < self.model.finding_share)
        rows = []
        for _ in range(incident.persons):
            person, staff = self._person(bench, act, self.model.positions[group], used, random)
            subject = self._subject(bench, person, staff, random)
            fault = (code, subject.employment == "PPPK")
            course = self.clock.course(act, intake, fault, election.outcome, random)
            row = (incident, bench.place, region, subject, act, intake, course, claimed, is_finding)
            rows.append(Allegation(*row))
        if random.random() < self.model.non_asn_share:
            villager = Subject(None, "Non ASN", "", "Kepala Desa")
            course = Course(ending=intake.ending if intake.ending != "open" else "dropped")
            row = (incident, bench.place, region, villager, act, intake, course, claimed, is_finding)
            rows.append(Allegation(*row))
        return rows

    def _region(
        self, place: Government, voting: frozenset[str] | None, stream: tuple[int, ...]
    ) -> Government:
        if not place.is_province:
            return place
        near = [
            other
            for other in self.governments.values()
            if other.province_code == place.code
            and not other.is_province
            and other.code in (voting or {other.code})
        ]
        random = np.random.default_rng([*stream, 5])
        return near[int(random.integers(0, len(near)))]

    def _code(self, mix: Mix, act: Act, random: np.random.Generator) -> str:
        old_law = act.occurred_on < self.model.sanctions.pp94_from
        possible = {
            code: share
            for code, share in mix.shares.items()
            if not (code in CAMPAIGN_ONLY and act.phase != "campaign")
            and not (code.startswith(NEW_LAW) and old_law)
        }
        return draw(possible, random)

    def _person(
        self, bench: Bench, act: Act, mix: Mix, used: set[int], random: np.random.Generator
    ) -> tuple[int, Staff]:
        """A person of the nearest roster, appointed before the act, in a position drawn from the published shares."""
        staff = bench.near(act.occurred_on)
        month = act.occurred_on.year * 12 + act.occurred_on.month - 1
        present = (bench.population.appointed[staff.person] < month) & ~staff.has_left
        group = draw(mix.shares, random)
        wanted = present & np.isin(staff.position_class, GROUPS[group])
        if group == "camat_lurah":
            titles = np.array([title.startswith(("Camat", "Lurah")) for title in staff.titles])
            wanted &= titles[staff.title]
        for possible in (wanted, present, ~staff.has_left):
            free = np.array([i for i in np.flatnonzero(possible) if int(staff.person[i]) not in used])
            if len(free):
                break
        weights = np.where(bench.population.is_pppk[staff.person[free]], self.model.pppk_relative, 1.0)
        chosen = int(random.choice(free, p=weights / weights.sum()))
        used.add(int(staff.person[chosen]))
        return chosen, staff

    def _subject(self, bench: Bench, chosen: int, staff: Staff, random: np.random.Generator) -> Subject:
        person = int(staff.person[chosen])
        people = bench.population
        is_known = random.random() >= self.model.missing_nip_share
        return Subject(
            nip=int(people.nip[person]) if is_known else None,
            employment="PPPK" if people.is_pppk[person] else "PNS",
            agency=bench.agencies[int(people.agency[person])].name,
            title=staff.titles[int(staff.title[chosen])],
        )
