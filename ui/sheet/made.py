"""A fact sheet of one place and selection: every number from answers of the public's warehouse, each with its receipt."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from exports import naming
from exports.package import prose
from exports.sheet import printing
from exports.sheet.content import Check, Cite, Figure, Part, Sheet
from language import LANGUAGES, Words
from metrics.result import Result
from ui import layout, results
from ui.downloading import receipts
from ui.sheet import places, rows, sentences
from ui.sheet.notices import notices
from ui.sheet.places import Place
from ui.sheet.rows import SANCTIONS, Counted
from warehouse.reference import Build
from warehouse.selection import Selection

FIGURES: Final = ("alleged_persons", "alleged_rate", "followed_up_share")
_NAMED: Final = 80
"""Values of one filter that are written out: more than there are governments."""


def pdf(w: Words, place: Place, selection: Selection, base: str) -> bytes:
    """The sheet of this run's build; `base` is where readers reach the app, for addresses on paper."""
    return printing.pdf(of(w, place, selection, base))


def file_name(w: Words, place: Place, selection: Selection) -> str:
    """The name to keep it under."""
    build, rest = results.build(), selection.as_query()
    rest.pop(place.parameter, None)
    parts = (place.code, *(f"{key}-{value}" for key, value in rest.items()))
    return naming.sheet_name(w.lang, parts, build.build_id, simulated=build.is_simulated)


def of(w: Words, place: Place, selection: Selection, base: str) -> Sheet:
    """What stands on the sheet, asked as the pages ask."""
    build, answers = results.build(), [results.of(name, selection, "kalimantan") for name in FIGURES]
    split = places.rows(selection)
    persons, rate = (results.of(name, selection, *split) for name in FIGURES[:2])
    counted = Counted(persons, rate, answers[1])
    sanctions = [results.of(name, selection, "kalimantan", "whole", group) for name, group in SANCTIONS]
    simulated = build.is_simulated or any(answer.is_simulated for answer in (*answers, rate))
    name = place.name(w, selection)
    return Sheet(
        lang=w.lang,
        day=_day(build).isoformat(),
        name=w("sheet.name"),
        title=w("sheet.title", place=name),
        place=name,
        subject=w("sheet.subject"),
        as_of=w("sheet.as_of", day=build.as_of),
        mark=w("sheet.simulated") if simulated else "",
        mark_note=w("sheet.simulated_note") if simulated else "",
        notices=notices(w, (*answers, persons, rate, *sanctions)),
        filter=Part(w("sheet.filter"), [_filter(w, selection)]),
        figures=[_figure(w, answer, base) for answer in answers],
        conclusion=Part(w("sheet.conclude"), sentences.conclusion(w, counted)),
        places=rows.places(w, counted, [_cite(w, one, base) for one in (persons, rate)]),
        severity=rows.severity(w, sanctions, [_cite(w, one, base) for one in sanctions]),
        method=Part(w("sheet.method.title"), sentences.reading(w, answers[1], answers[2])),
        sources=Part(w("sheet.sources"), sentences.sources(w, counted.whole)),
        check=_check(w, _cite(w, rate, base).address),
        receipt=w("sheet.receipt"),
        foot=w("sheet.foot", build=build.build_id, day=w.date(_day(build))),
        page=w("sheet.page"),
    )


def _filter(w: Words, selection: Selection) -> str:
    """The selection in full: on paper nothing else says whose an agency is."""
    known, homes = results.known(w.lang), results.governments()
    agencies = {
        code: f"{row.name} ({homes[row.government_code].short_name})"
        for code, row in results.agencies().items()
    }
    return selection.describe(w, replace(known, agencies=agencies), _NAMED) + "."


def _figure(w: Words, answer: Result, base: str) -> Figure:
    value, lines = layout.told(w, answer)
    return Figure(answer.definition.title.of(w.lang), value, lines, _cite(w, answer, base))


def _cite(w: Words, answer: Result, base: str) -> Cite:
    got = receipts.of(answer)
    address = base + prose.address(answer, got)
    return Cite(got.short, address if w.lang == LANGUAGES[0] else f"{address}&bahasa={w.lang}")


def _check(w: Words, address: str) -> Check:
    code = printing.code(address)
    without = "too_long" if printing.is_whole(address) else "no_host"
    how = w("sheet.check.how") if code else f"{w('sheet.check.how')} {w(f'sheet.check.{without}')}"
    return Check(w("sheet.check.title"), how, address, code, w("sheet.check.code"))


def _day(build: Build) -> date:
    """The day of a build; the last day of its data where its receipt does not say."""
    with suppress(ValueError):
        return datetime.fromisoformat(build.built_at).date()
    return build.as_of
