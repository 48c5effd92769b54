"""The dates of a case: when the act took place, and how far the procedure got before the cut-off."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

import numpy as np

from etl.sample.cases.sanctions import draw, imposed, recommended
from etl.sample.model import CaseModel, ElectionModel, Outcome
from etl.sample.places import ElectionDates

Ending = Literal["open", "not_proven", "dropped", "closed"]
BEFORE_PHASES = ("before",)
NOT_REGISTERED_SHARE = 0.03
UNDER_REVIEW_SHARE = 0.03
UNRECORDED_SHARE = 0.12
ANNULLED_SHARE = 0.35
FIRST_BLOCKS = date(2020, 6, 1)


@dataclass(frozen=True)
class Act:
    """The act of a case: date and phase of the election."""

    occurred_on: date
    phase: str

    def group(self, election: ElectionModel) -> str:
        """Name of the shares of types and positions that apply."""
        if election.kind == "none":
            return "none"
        kind = "head_of_region" if election.kind == "re_vote" else election.kind
        return f"{kind}_{'before' if self.phase in BEFORE_PHASES else 'after'}"


@dataclass(frozen=True)
class Intake:
    """What the supervisor did with a report, the same for all persons of a case."""

    reported_on: date
    registered_on: date | None = None
    forwarded_on: date | None = None
    ending: Ending = "open"


@dataclass(frozen=True)
class Course:
    """What happened to one person after forwarding; missing steps are None or empty."""

    ending: Ending = "open"
    recommended_on: date | None = None
    recommended: str = ""
    decided_on: date | None = None
    imposed: str = ""
    signer: str = ""
    delivered_on: date | None = None
    effective_on: date | None = None
    appealed_on: date | None = None
    annulled_on: date | None = None
    blocked_on: date | None = None
    unblocked_on: date | None = None


def phases(election: ElectionModel, dates: ElectionDates | None) -> dict[str, tuple[date, date]]:
    """First and last day of every phase in which acts may fall."""
    one = timedelta(days=1)
    if (
        dates is None
        or election.kind in ("re_vote", "none")
        or not (dates.candidate_set_on and dates.campaign_start_on and dates.quiet_start_on)
    ):
        return {"whole": (election.opens_on, election.closes_on)}
    return {
        "before": (election.opens_on, dates.candidate_set_on - one),
        "nominated": (dates.candidate_set_on, dates.campaign_start_on - one),
        "campaign": (dates.campaign_start_on, dates.quiet_start_on - one),
        "quiet": (dates.quiet_start_on, dates.voting_on),
        "after": (dates.voting_on + one, election.closes_on),
    }


class Clock:
    """Draws dates for cases of one model; nothing lies after the cut-off."""

    def __init__(self, model: CaseModel) -> None:
        self.model = model

    def act(self, election: ElectionModel, dates: ElectionDates | None, random: np.random.Generator) -> Act:
        """Date and phase of the act."""
        spans = phases(election, dates)
        phase = draw({name: self.model.phases[election.kind][name] for name in spans}, random)
        first, last = spans[phase]
        return Act(first + timedelta(days=int(random.integers(0, (last - first).days + 1))), phase)

    def intake(self, act: Act, outcome: Outcome, random: np.random.Generator) -> Intake:
        """Reporting, registration and forwarding by the supervisor."""
        reported = self.after(act.occurred_on, "reported", random) or act.occurred_on
        registered = self.after(reported, "registered", random)
        fate = random.random()
        if registered is None or fate < NOT_REGISTERED_SHARE:
            return Intake(reported, ending="dropped" if fate < NOT_REGISTERED_SHARE / 2 else "open")
        start = NOT_REGISTERED_SHARE + UNDER_REVIEW_SHARE
        if fate < start:
            return Intake(reported, registered)
        if fate < start + outcome.not_proven:
            return Intake(reported, registered, ending="not_proven")
        if fate < start + outcome.not_proven + outcome.dropped:
            return Intake(reported, registered, ending="dropped")
        return Intake(reported, registered, self.after(registered, "forwarded", random))

    def course(
        self, act: Act, intake: Intake, fault: tuple[str, bool], outcome: Outcome, random: np.random.Generator
    ) -> Course:
        """Examination and decision for one person; `fault` is the violation code and whether the person is PPPK."""
        if intake.forwarded_on is None:
            return Course(ending=intake.ending)
        advised = self.after(intake.forwarded_on, "recommended", random)
        if advised is None or random.random() > outcome.recommended:
            endings: tuple[Ending, ...] = ("not_proven", "not_proven", "not_proven", "dropped", "open")
            return Course(ending=endings[int(random.integers(0, len(endings)))] if advised else "open")
        sanctions = self.model.sanctions
        asked = recommended(fault[0], act.occurred_on, fault[1], sanctions, random)
        course = self._block(Course(recommended_on=advised, recommended=asked), outcome, random)
        decided = self.after(course.blocked_on or advised, "decided", random)
        if decided is None or random.random() > outcome.decided:
            return course
        given = imposed(asked, act.occurred_on, sanctions, random)
        course = replace(course, decided_on=decided, imposed=given, signer=self._signer(decided, random))
        if course.blocked_on:
            course = replace(
                course, unblocked_on=self.capped(decided + timedelta(days=int(random.integers(3, 15))))
            )
        return self._execute(replace(course, ending="closed"), decided, outcome, random)

    def after(self, day: date, step: str, random: np.random.Generator) -> date | None:
        """The day of the next step, or None if it lies after the cut-off."""
        least, usual, most = self.model.lags[step]
        lag = least if least == most else round(random.triangular(least, max(usual, least), most))
        return self.capped(day + timedelta(days=lag))

    def capped(self, day: date) -> date | None:
        """The day itself, or None after the cut-off."""
        return day if day <= self.model.cut_off else None

    def _block(self, course: Course, outcome: Outcome, random: np.random.Generator) -> Course:
        advised = course.recommended_on
        if advised is None or advised < FIRST_BLOCKS or random.random() > outcome.blocked:
            return course
        return replace(course, blocked_on=self.after(advised, "blocked", random))

    def _signer(self, decided: date, random: np.random.Generator) -> str:
        share = [entry.share for entry in self.model.acting_heads if entry.since <= decided][-1]
        if random.random() < 0.06:
            return ""
        return "Pj" if random.random() < share else "Definitif"

    def _execute(
        self, course: Course, decided: date, outcome: Outcome, random: np.random.Generator
    ) -> Course:
        delivered = self.after(decided, "delivered", random)
        if delivered is None or random.random() < UNRECORDED_SHARE:
            return course
        course = replace(course, delivered_on=delivered)
        if random.random() < outcome.appealed:
            appealed = self.after(delivered, "appealed", random)
            ended = appealed and self.after(appealed, "annulled", random)
            annulled = ended if random.random() < ANNULLED_SHARE else None
            return replace(course, appealed_on=appealed, annulled_on=annulled)
        if random.random() < UNRECORDED_SHARE:
            return course
        return replace(course, effective_on=self.after(delivered, "effective", random))
