"""What a reader selected: applied to tables, said in words, kept in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from errors import SelectionError

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from language import Words

STATUSES: Final = (
    "reported", "under_review", "not_proven", "dropped", "forwarded", "under_examination",
    "recommended", "decided", "delivered", "effective", "appealed", "annulled",
)  # fmt: skip
EMPLOYMENT: Final = ("PNS", "PPPK")
PARAMETERS: Final = {
    "provinces": "provinsi",
    "governments": "pemerintah",
    "agencies": "instansi",
    "elections": "pemilihan",
    "since": "dari",
    "until": "sampai",
    "statuses": "status",
    "violations": "jenis",
    "employment": "kepegawaian",
}
_COLUMNS: Final = {
    "provinces": "province_code",
    "governments": "government_code",
    "agencies": "agency_id",
    "elections": "election_code",
    "statuses": "status",
    "violations": "violation_code",
    "employment": "employment_type",
}
_FIXED: Final = {"statuses": STATUSES, "employment": EMPLOYMENT}
_DAY: Final = "event_on"
_SHOWN: Final = 3
_DAY_MARKS: Final = {"since": date(1000, 1, 1), "until": date(1000, 1, 2)}
"""Days that no data has, in the order that a selection demands."""


@dataclass(frozen=True)
class Known:
    """Codes that exist, each with its name in one language."""

    provinces: Mapping[str, str] = field(default_factory=dict)
    governments: Mapping[str, str] = field(default_factory=dict)
    agencies: Mapping[str, str] = field(default_factory=dict)
    elections: Mapping[str, str] = field(default_factory=dict)
    violations: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Selection:
    """The filters of a view; an empty tuple means everything.

    Codes are kept sorted and once, so selections of the same rows are equal and hash alike. `since` and
    `until` are both included; `since` after `until` is a SelectionError.
    """

    provinces: tuple[str, ...] = ()
    governments: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    elections: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    statuses: tuple[str, ...] = ()
    violations: tuple[str, ...] = ()
    employment: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in _COLUMNS:
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)))))
        if self.since and self.until and self.since > self.until:
            raise SelectionError(
                f"The first day {self.since} lies after the last day {self.until}.", cure="Swap the dates."
            )

    def apply(self, table: ir.Table) -> ir.Table:
        """The rows of the selection; filters whose column the table lacks are left out."""
        wanted = [
            table[column].isin(getattr(self, name))
            for name, column in _COLUMNS.items()
            if getattr(self, name) and column in table.columns
        ]
        if _DAY in table.columns:
            wanted += [table[_DAY] >= self.since] if self.since else []
            wanted += [table[_DAY] <= self.until] if self.until else []
        return table.filter(*wanted) if wanted else table

    def form(self) -> tuple[Selection, dict[str, str | date]]:
        """The form of this selection, with a mark in the place of every value, and the values by mark.

        Selections of the same form ask the same question about other values. A list is filled up with its last value to a
        length of 1, 2, 4, 8, …, so that forms are few.
        """
        marks: dict[str, Any] = {}
        values: dict[str, str | date] = {}
        for name in _COLUMNS:
            codes = getattr(self, name)
            length = 1 << (len(codes) - 1).bit_length() if codes else 0
            marks[name] = tuple(f"{name}_{place:05d}" for place in range(length))
            values |= {mark: codes[min(place, len(codes) - 1)] for place, mark in enumerate(marks[name])}
        for name, mark in _DAY_MARKS.items():
            day = getattr(self, name)
            marks[name] = mark if day else None
            values |= {name: day} if day else {}
        return replace(self, **marks), values

    def describe(self, words: Words, known: Known | None = None, most: int = _SHOWN) -> str:
        """The selection in words, parts separated by semicolons; names where `known` has them, else codes.

        Of each filter no more than `most` values are named, and how many others there are.
        """
        names = known or Known()
        shown = {
            name: _list(words, name, getattr(self, name), names, most)
            for name in _COLUMNS
            if getattr(self, name)
        }
        if not {"provinces", "governments", "agencies"} & set(shown):
            shown = {"everywhere": words("selection.everywhere"), **shown}
        if self.since or self.until:
            shown["days"] = _days(words, self.since, self.until)
        elif not self.elections:
            shown["days"] = words("selection.always")
        return "; ".join(shown.values())

    def as_query(self) -> dict[str, str]:
        """Address parameters of what is set; codes are separated by commas, a comma in a code is %2C."""
        query = {}
        for name, parameter in PARAMETERS.items():
            value = getattr(self, name)
            if value:
                query[parameter] = (
                    value.isoformat() if isinstance(value, date) else ",".join(map(_escape, value))
                )
        return query

    @classmethod
    def from_query(cls, mapping: Mapping[str, str], known: Known) -> tuple[Selection, list[str]]:
        """Selection of an address, and the parts that were ignored, each as `parameter=value`.

        Unknown codes, dates that do not exist and a last day before the first are ignored; parameters of
        other owners are left alone.
        """
        ignored: list[str] = []
        found: dict[str, Any] = {}
        for name, parameter in PARAMETERS.items():
            written = mapping.get(parameter, "")
            if name in ("since", "until"):
                found[name] = _day(written, parameter, ignored)
            else:
                found[name] = _codes(written, parameter, _choices(name, known), ignored)
        if found["since"] and found["until"] and found["since"] > found["until"]:
            ignored.append(_part(PARAMETERS["until"], found.pop("until").isoformat()))
        return cls(**found), ignored


def _choices(name: str, known: Known) -> Mapping[str, str] | tuple[str, ...]:
    return _FIXED[name] if name in _FIXED else getattr(known, name)


def _codes(
    written: str, parameter: str, choices: Mapping[str, str] | tuple[str, ...], ignored: list[str]
) -> tuple[str, ...]:
    codes = [_unescape(part.strip()) for part in written.split(",") if part.strip()]
    ignored += [_part(parameter, code) for code in codes if code not in choices]
    return tuple(code for code in codes if code in choices)


def _day(written: str, parameter: str, ignored: list[str]) -> date | None:
    text = written.strip()
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    # Python also reads 20240101 and 2024-W01-1; an address has one spelling only.
    if day is None or day.isoformat() != text:
        ignored.append(_part(parameter, text))
        return None
    return day


def _part(parameter: str, value: str) -> str:
    return f"{parameter}={value if len(value) <= 60 else value[:60] + '…'}"


def _escape(code: str) -> str:
    return code.replace("%", "%25").replace(",", "%2C")


def _unescape(text: str) -> str:
    return text.replace("%2C", ",").replace("%25", "%")


def _list(words: Words, name: str, codes: tuple[str, ...], known: Known, most: int) -> str:
    if name in _FIXED:
        group = _COLUMNS[name]
        names = {code: words(f"selection.{group}.{code}") for code in codes if code in _FIXED[name]}
    else:
        names = getattr(known, name)
    shown = [names.get(code, code) for code in codes[:most]]
    if len(codes) > most:
        shown.append(words("selection.others", n=len(codes) - most))
    return words(f"selection.{name}", items=words.listed(shown))


def _days(words: Words, since: date | None, until: date | None) -> str:
    if since and until:
        return words("selection.between", since=since, until=until)
    return words("selection.since", since=since) if since else words("selection.until", until=until)
