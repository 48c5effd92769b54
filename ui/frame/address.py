"""The address of a view: what it selects, in which language, and which part of it was not understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from typing import Final, get_args

from exports.rendered import FORMS as FORMS_OF_ROWS
from language import LANGUAGES, Words, words
from metrics.assemble import By
from metrics.comparing.pairs import Against
from metrics.definition import Group, definitions
from metrics.frame import ALL
from metrics.result import Periods
from settings import Limits, limits
from ui import results
from warehouse.selection import PARAMETERS, Known, Selection

LANGUAGE: Final = "bahasa"
COMPARED: Final = "banding"
# The build whose numbers are shown, on every page, and the receipt of one view of it.
BUILD: Final = "bangunan"
RECEIPT: Final = "kuitansi"
# A running or finished job of the data steward; no link carries it to another page.
JOB: Final = "tugas"
# Choices of single pages stand in the address beside the filters: level, measure, form, split, period, what is looked at, part of
# the method page, group and form of a file, units compared and with what.
VIEWS: Final = (
    "tingkat",
    "ukuran",
    "bentuk",
    "rinci",
    "masa",
    "lawan",
    "lihat",
    "bagian",
    "kelompok",
    "berkas",
    COMPARED,
)
FORMS: Final = ("map", "tiles")
LOOKS: Final = ("funnel", "ratio", "rate", "employment", "election")
LOOKS_OF_SANCTIONS: Final = ("levels", "outcome")
SPLITS: Final = (
    "all",
    "employment",
    "province",
    "election",
    "agency",
    "severity",
    "followup",
    "bodies",
    "shares",
    "prevention",
    "days",
    "checks",
)
FILES: Final = ("zip", *FORMS_OF_ROWS)
SECTIONS: Final = ("metrics", "methods", "refusals", "glossary", "data")
NAMES: Final = frozenset({*PARAMETERS.values(), *VIEWS, LANGUAGE, BUILD, RECEIPT, JOB})
_SHOWN: Final = 60


@dataclass(frozen=True)
class Reading:
    """An address as understood: what it selects, and its parts that were ignored."""

    selection: Selection
    ignored: tuple[str, ...]


def reader(address: Mapping[str, str]) -> Words:
    """Words in the language the address asks for, Indonesian unless it says otherwise."""
    asked = address.get(LANGUAGE, LANGUAGES[0])
    return words(asked if asked in LANGUAGES else LANGUAGES[0])


def read(address: Mapping[str, str], known: Known) -> Reading:
    """Understand an address; unknown codes, parameters and languages are ignored and named."""
    selection, unknown = Selection.from_query(address, known)
    kept = consistent(selection)
    for name in ("governments", "agencies"):
        lost = set(getattr(selection, name)) - set(getattr(kept, name))
        unknown += [f"{PARAMETERS[name]}={code}" for code in sorted(lost)]
    for parameter, value in address.items():
        allowed = _allowed(parameter)
        if allowed and value not in allowed:
            unknown.append(f"{parameter}={value[:_SHOWN]}")
        elif parameter == COMPARED:
            unknown += [f"{parameter}={code[:_SHOWN]}" for code in codes(value) if not _is_unit(code)]
        elif parameter not in NAMES:
            unknown.append(f"{parameter}={value}"[:_SHOWN])
    return Reading(kept, tuple(unknown))


def bounded(written: Mapping[str, str]) -> dict[str, str]:
    """The parameters, no more and no longer than those of a request may be.

    An address that comes in a message of an open page has passed no limit yet, and every link of a page carries it.
    """
    bounds = _bounds()
    parts = islice(written.items(), bounds.query_parameters)
    return {name: value[: bounds.parameter_bytes] for name, value in parts}


@cache
def _bounds() -> Limits:
    # Not at import: a wrong limit is told by the server's start, not by whoever imports this first.
    return limits()


def known_parts(address: Mapping[str, str]) -> dict[str, str]:
    """The parameters that have a meaning on every page."""
    return {name: value for name, value in address.items() if name in NAMES - {JOB, RECEIPT}}


def codes(written: str) -> list[str]:
    """Codes of a parameter, separated by commas."""
    return [part.strip() for part in written.split(",") if part.strip()]


def write(address: Mapping[str, str], selection: Selection) -> dict[str, str]:
    """The address of another selection; language and the choices of pages stay."""
    kept = {name: value for name, value in address.items() if name in (LANGUAGE, BUILD, *VIEWS)}
    return {**kept, **selection.as_query()}


def consistent(selection: Selection) -> Selection:
    """The selection without governments outside its provinces and agencies outside its governments."""
    governments, agencies = selection.governments, selection.agencies
    if selection.provinces:
        employers = results.governments()
        governments = tuple(c for c in governments if employers[c].province_code in selection.provinces)
    if governments:
        units = results.agencies()
        agencies = tuple(c for c in agencies if units[c].government_code in governments)
    return replace(selection, governments=governments, agencies=agencies)


def _allowed(parameter: str) -> Sequence[str]:
    allowed: Mapping[str, Sequence[str]] = {
        LANGUAGE: LANGUAGES,
        "tingkat": get_args(By),
        "ukuran": tuple(definitions()),
        "bentuk": FORMS,
        "rinci": SPLITS,
        "masa": get_args(Periods),
        "lawan": get_args(Against),
        "lihat": (*LOOKS, *LOOKS_OF_SANCTIONS),
        "bagian": SECTIONS,
        "kelompok": (ALL, *get_args(Group)),
        "berkas": FILES,
    }
    return allowed.get(parameter, ())


def _is_unit(code: str) -> bool:
    return code in results.governments() or code in results.agencies()
