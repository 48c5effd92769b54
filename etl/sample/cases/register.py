"""The rows of a provincial case register, as text in the hand of one supervisor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from etl.sample.cases.allegations import Allegation
from etl.sample.cases.hands import MARK, Hand
from etl.sample.places import Government

ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
FIRST_BAWASLU_NUMBER = 20
PANWASLU_UNTIL = date(2018, 8, 15)
AMBIGUOUS = "kampanye media sosial"
ENDINGS = {
    "not_proven": "Tidak terbukti",
    "dropped": "Dihentikan",
    "open": "Masih diproses",
    "closed": "Selesai",
}


@dataclass(frozen=True)
class Catalogue:
    """Words for elections, violations and sanctions, by code."""

    elections: Mapping[str, str]
    violations: Mapping[str, tuple[str, ...]]
    sanctions: Mapping[str, str]

    @classmethod
    def of(
        cls,
        elections: Sequence[Mapping[str, str]],
        violations: Sequence[Mapping[str, str]],
        sanctions: Sequence[Mapping[str, str]],
    ) -> Catalogue:
        """From the rows of the three reference tables."""
        words = {
            row["code"]: (row["name_id"], *(a for a in row["aliases"].split(";") if a and a != AMBIGUOUS))
            for row in violations
        }
        return cls(
            {row["code"]: row["name_id"] for row in elections},
            words,
            {row["code"]: row["name_id"] for row in sanctions},
        )


class Scribe:
    """Writes the rows of one register in one hand; the cells of a row come in the order of the headers."""

    def __init__(self, hand: Hand, catalogue: Catalogue, seed: int) -> None:
        self.hand, self.catalogue = hand, catalogue
        self.random = np.random.default_rng([seed, int(hand.province), 6])
        self.serials: dict[tuple[str, int], int] = {}
        self.numbers: dict[tuple[int, ...], str] = {}
        self.letters: dict[tuple[int, ...], str] = {}

    def rows(self, allegations: Sequence[Allegation]) -> list[list[str | date]]:
        """All rows, ordered by the date of the report."""
        ordered = sorted(allegations, key=lambda row: (row.intake.reported_on, row.incident.stream))
        return [self._row(number, row) for number, row in enumerate(ordered, start=1)]

    def _row(self, number: int, row: Allegation) -> list[str | date]:
        cells = self._about(number, row) | self._procedure(row)
        return [cells[key] for key in self.hand.headers]

    def _about(self, number: int, row: Allegation) -> dict[str, str | date]:
        election = row.incident.election.code
        name = election if self.hand.has_codes_only else self.catalogue.elections.get(election, "")
        return {
            "no": str(number),
            "register": self._register(row),
            "supervisor": self._supervisor(row),
            "reported": "CONTOH",
            "nip": self._nip(row.subject.nip),
            "employment": row.subject.employment,
            "government": self._place(row.government),
            "agency": self._agency(row.subject.agency),
            "title": row.subject.title,
            "region": row.region.bps_code if self.hand.names == "bps" else row.region.name,
            "channel": "Temuan" if row.is_finding else "Laporan",
            "election": name or self.hand.empty,
            "violation": self._violation(row.claimed_code),
            "note": MARK,
        }

    def _procedure(self, row: Allegation) -> dict[str, str | date]:
        course, intake = row.course, row.intake
        sanctions = self.catalogue.sanctions
        said = (lambda code: code) if self.hand.has_codes_only else (lambda code: sanctions.get(code, ""))
        days = {
            "occurred_on": row.act.occurred_on,
            "reported_on": intake.reported_on,
            "registered_on": intake.registered_on,
            "forwarded_on": intake.forwarded_on,
        } | {
            name: getattr(course, name)
            for name in (
                *("recommended_on", "decided_on", "delivered_on", "effective_on"),
                *("appealed_on", "annulled_on", "blocked_on", "unblocked_on"),
            )
        }
        cells: dict[str, str | date] = {name: self._day(day) for name, day in days.items()}
        cells["letter"] = self._letter(row)
        cells["recommended"] = said(course.recommended) or self.hand.empty
        cells["imposed"] = said(course.imposed) or self.hand.empty
        cells["signer"] = course.signer or self.hand.empty
        waiting = course.ending == "open" and course.recommended_on
        cells["ending"] = self.hand.empty if waiting else ENDINGS[course.ending]
        return cells

    def _register(self, row: Allegation) -> str:
        stream = row.incident.stream
        if stream not in self.numbers:
            day = row.intake.registered_on or row.intake.reported_on
            serial = self.serials.get((row.region.code, day.year), 0) + 1
            self.serials[row.region.code, day.year] = serial
            kind = "TM" if row.is_finding else "LP"
            contest = "PL" if row.incident.election.kind == "general" else "PB"
            area = "KOTA" if row.region.kind == "kota" else "KAB"
            area += f"{FIRST_BAWASLU_NUMBER + int(self.hand.province) - 61}.{int(row.region.code[2:]):02d}"
            month = ROMAN_MONTHS[day.month - 1]
            self.numbers[stream] = f"{serial:03d}/{kind}/{contest}/{area}/{month}/{day.year}"
        return self.numbers[stream]

    def _supervisor(self, row: Allegation) -> str:
        early = row.intake.reported_on < PANWASLU_UNTIL
        return f"{'Panwaslu' if early else 'Bawaslu'} {row.region.name}"

    def _nip(self, number: int | None) -> str:
        if number is None:
            return self.hand.empty
        text = str(number)
        if self.random.random() < 0.2:
            return f"{text[:8]} {text[8:14]} {text[14]} {text[15:]}"
        return text

    def _place(self, place: Government) -> str:
        if self.hand.names == "bps":
            return place.bps_code
        if self.hand.names == "kemendagri":
            return place.code
        if self.hand.names == "full" or self.random.random() < 0.3:
            return place.full_name
        return place.spoken_name

    def _agency(self, name: str) -> str:
        fate = self.random.random()
        if fate < 0.05:
            return self.hand.empty
        if fate < 0.2:
            return name.upper()
        return f"{name} " if fate < 0.25 else name

    def _violation(self, code: str) -> str:
        words = self.catalogue.violations[code]
        if self.hand.has_codes_only or self.random.random() < 0.5:
            return code
        return words[int(self.random.integers(0, len(words)))]

    def _letter(self, row: Allegation) -> str:
        day = row.intake.forwarded_on
        if day is None:
            return self.hand.empty
        if row.incident.stream not in self.letters:
            serial = int(self.random.integers(20, 400))
            self.letters[row.incident.stream] = f"{serial:03d}/PP.01.02/K/{day.month:02d}/{day.year}"
        return self.letters[row.incident.stream]

    def _day(self, day: date | None) -> str | date:
        if day is None:
            return self.hand.empty
        return day.strftime(self.hand.date_format) if self.hand.date_format else day
