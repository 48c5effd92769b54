"""Everything `/terbitan` says before a reader opens a part of it, made once for each selection and look."""

from __future__ import annotations

from dataclasses import dataclass

from language import words
from ui.ledger import compared, coverage, known, sums, workforce
from ui.results import Look, Picture
from ui.showing import pictures
from ui.showing.tables import Table
from ui.topics import evidence
from warehouse.selection import Selection


@dataclass(frozen=True)
class Page:
    """The figures as drawn, and what is said of how they fit together."""

    map: Picture
    dots: Picture
    timeline: Picture
    compared_told: str


@dataclass(frozen=True)
class Checks:
    """Whether sums hold, who has a figure at all, and published staff: sentences, and the one table that stands open."""

    sums_told: str
    sums: Table
    coverage_told: str
    workforce_told: str


def make(look: Look, selection: Selection) -> Page:
    """The page of a selection in a language and palette."""
    w, rows = words(look.lang), evidence.figures(selection)
    return Page(
        map=pictures.evidence_map(look, rows),
        dots=pictures.evidence_dots(look, evidence.of_kalimantan(rows)),
        timeline=known.picture(look, known.totals(w, rows)),
        compared_told=compared.told(w, compared.pairs(rows)),
    )


def check(lang: str, selection: Selection) -> Checks:
    """The checks of a selection in a language."""
    w, staff = words(lang), workforce.figures(selection)
    again = sums.checks(evidence.figures(selection), staff)
    return Checks(
        sums_told=sums.told(w, again),
        sums=sums.table(w, sums.doubtful(again)),
        coverage_told=coverage.told(w, coverage.cells(w, selection)),
        workforce_told=workforce.told(w, staff, selection),
    )
