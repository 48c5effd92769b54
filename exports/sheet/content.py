"""What stands on a fact sheet, in the reader's language and as it is written: the layout adds no word and no number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exports.sheet.axis import Axis, Mark


@dataclass(frozen=True)
class Cite:
    """A short receipt, and the address that shows its numbers again."""

    short: str
    address: str


@dataclass(frozen=True)
class Figure:
    """A key figure: its number, its range or a dash, and the lines under it, the reason for a dash among them."""

    title: str
    value: str
    lines: Sequence[str]
    cite: Cite


@dataclass(frozen=True)
class Row:
    """A place or an election; a row with a `reason` has it in place of rate and interval."""

    name: str
    persons: str
    staff: str
    rate: str
    interval: str
    reason: str
    mark: Mark


@dataclass(frozen=True)
class Places:
    """The table of places or elections, drawn beside its rows; `alt` tells in a sentence what is drawn, `notes` the reasons."""

    title: str
    order: str
    unit: str
    heads: Sequence[str]
    rows: Sequence[Row]
    axis: Axis
    alt: str
    notes: Sequence[str]
    cites: Sequence[Cite]


@dataclass(frozen=True)
class Severity:
    """Persons by severity of the sanction; `said` stands in place of the rows where none is published."""

    title: str
    heads: Sequence[str]
    rows: Sequence[tuple[str, str, str]]
    said: str
    cites: Sequence[Cite]


@dataclass(frozen=True)
class Check:
    """How a reader finds the numbers again; `code` is the picture of a QR code, empty where the address is too long for one."""

    title: str
    how: str
    address: str
    code: str
    alt: str


@dataclass(frozen=True)
class Part:
    """A heading and its lines."""

    title: str
    lines: Sequence[str]


@dataclass(frozen=True)
class Sheet:
    """A fact sheet; `day` is that of the build, as 2024-11-27, and `mark` is empty unless data are simulated.

    `notices` say that there is a newer build, and what has been corrected since; none where the build is the current one.
    """

    lang: str
    day: str
    name: str
    title: str
    place: str
    subject: str
    as_of: str
    mark: str
    mark_note: str
    notices: Sequence[str]
    filter: Part
    figures: Sequence[Figure]
    conclusion: Part
    places: Places
    severity: Severity
    method: Part
    sources: Part
    check: Check
    receipt: str
    foot: str
    page: str
