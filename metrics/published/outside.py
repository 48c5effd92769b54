"""Persons of a selection whom no row of an answer holds: without a roster, an agency, or a kind of employment on record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from metrics.published import ranges, wording
from stats.disclosure import small

if TYPE_CHECKING:
    from metrics.published.asking import Asking
    from metrics.published.cells import Span

_NOBODY: frozenset[str] = frozenset()


def outside(asking: Asking, refused: Sequence[Span]) -> int | None:
    """How many they are, those of `refused` rows among them; None where what is published does not tell, or where they are
    so few that it is not told."""
    span = ranges.total([*_outside(asking), *refused]) if asking.is_open else None
    if span is None or span[0] != span[1] or small(span[0], asking.warehouse.suppress_below):
        return None
    return int(span[0])


def has_unknown(asking: Asking) -> bool:
    """Whether persons of unknown employment may be among those of a rate."""
    if not asking.question.is_rate:
        return False
    everybody = asking.everywhere(asking.employers)
    found = [
        asking.span(everybody, [(one, None)])
        for _, parts in asking.parts(wording.stated(_selected(asking), known=False))
        for one, _ in parts
    ]
    return any(span is None or span[1] > 0 for span in found)


def _outside(asking: Asking) -> Iterator[Span | None]:
    question, everybody = asking.question, asking.employers
    where = _selected(asking)
    by_employment = question.is_rate and (
        question.selection.employment or question.group == "employment_type"
    )
    kept = wording.stated(where) if by_employment else where
    for _, parts in asking.parts(where):
        for one, inside in parts:
            gone = everybody - inside if inside is not None else _NOBODY
            yield asking.span(asking.everywhere(gone), [(one, None)])
    for _, parts in asking.parts(kept) if question.by == "agency" and not question.selection.agencies else ():
        for one, inside in parts:
            at = everybody if inside is None else everybody & inside
            yield ranges.of_agencies(asking.cells, one, map(unknown, at))
    for _, parts in asking.parts(wording.stated(where, known=False)) if by_employment else ():
        for one, inside in parts:
            yield asking.span(
                asking.everywhere(everybody if inside is None else everybody & inside), [(one, None)]
            )


def _selected(asking: Asking) -> wording.Where:
    return wording.filtered(
        wording.conditions(asking.question.metric, events=True), asking.question.selection
    )


def unknown(government: str) -> str:
    """The place of the persons of a government whose agency is not known."""
    return f"{government}-unknown"
