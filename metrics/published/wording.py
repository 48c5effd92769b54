"""Which published measures a metric, a filter and a group ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from typing import TYPE_CHECKING, Final

from warehouse.dictionary import dictionary

if TYPE_CHECKING:
    from metrics.definition import Criteria, Definition
    from warehouse.selection import Selection

Where = Mapping[str, frozenset[str]]
FILTERS: Final = {"employment": "employment_type", "violations": "violation_code", "statuses": "status"}


def conditions(definition: Definition, *, events: bool) -> Where:
    """The values that the columns of a case must have to be an event of a metric, or a trial of a proportion."""
    parts: list[Criteria] = []
    if definition.kind == "proportion" and definition.exposure:
        parts.append(definition.exposure)
    if events:
        parts.append(definition.events)
    return _all(_of(part.where) for part in parts)


def filtered(where: Where, selection: Selection, group: tuple[str, str] | None = None) -> Where:
    """The conditions, those of a selection, and that of one value of a group."""
    filters = {
        column: frozenset(getattr(selection, name))
        for name, column in FILTERS.items()
        if getattr(selection, name)
    }
    return _all((where, filters, {group[0]: frozenset((group[1],))} if group else {}))


def stated(where: Where, *, known: bool = True) -> Where:
    """The conditions, and that the kind of employment is on record, or that it is not: staff are counted by what is."""
    employments = frozenset(dictionary()["mart_workforce"]["employment_type"].values)
    return _all((where, {"employment_type": employments if known else frozenset(("unknown",))}))


def names(where: Where, *more: str) -> tuple[str, ...]:
    """The measures that together hold what meets the conditions; `more` are conditions that all of them have."""
    columns = sorted(where)
    fillings = product(*(sorted(where[column]) for column in columns))
    parts = (
        [f"{column}={value}" for column, value in zip(columns, filling, strict=True)] for filling in fillings
    )
    return tuple("&".join(sorted([*part, *more])) or "persons" for part in parts)


def _of(where: Mapping[str, Iterable[object]]) -> Where:
    return {column: frozenset(map(_text, values)) for column, values in where.items()}


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _all(parts: Iterable[Where]) -> Where:
    found: dict[str, frozenset[str]] = {}
    for part in parts:
        for column, values in part.items():
            found[column] = found[column] & values if column in found else values
    return found
