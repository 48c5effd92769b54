"""Every chart form with all that must come with it: sentence, source line, table twin, explanation.

Forms of an answer take it as `results.of` gave it and show the reader's own units in full.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from html import escape
from typing import Concatenate, Final, ParamSpec

import streamlit as st

from language import Words
from metrics.comparing.reference import reference_range
from metrics.result import Result
from ui import method, results
from ui.explaining import answers, methods, shown
from ui.explaining.methods import Method
from ui.explaining.parts import Explanation
from ui.results import Picture
from ui.showing import drawing, folded, pictures, tables
from ui.showing.drawing import Behind, Beside
from ui.topics import comparison, differences, judgements

look: Final = drawing.look
Asked = ParamSpec("Asked")


def where_published(draw: Callable[Concatenate[Words, Result, Asked], None]) -> Callable[..., None]:
    """Draws an answer; where none of it has a number because it is not published at its detail, a sentence says so."""

    @wraps(draw)
    def drawn(w: Words, result: Result, *more: Asked.args, **named: Asked.kwargs) -> None:
        if tables.is_silent(results.shown(result)):
            st.markdown(w("refusal.not_published"))
        else:
            draw(w, result, *more, **named)

    return drawn


@where_published
def area_map(w: Words, result: Result, key: str, whole: Result | None = None) -> None:
    """Choropleth of provinces or of regencies and cities; a click opens the unit.

    A rate is shown by evidence where the `whole` group is given, everything else by value.
    """
    _places(w, (pictures.area_map, method.credit(w)), result, key, whole)


@where_published
def tile_grid(w: Words, result: Result, key: str, whole: Result | None = None) -> None:
    """Every regency and city as a square of equal size; a click opens the unit. Shown as `area_map` shows."""
    _places(w, (pictures.tile_grid, ""), result, key, whole)


@where_published
def interval_list(w: Words, result: Result, key: str, whole: Result | None = None) -> None:
    """A row per unit with its interval; `whole` is drawn as the line the units belong to."""
    asked = (result,) if whole is None else (result, whole)
    picture = results.picture(pictures.interval_list, look(w), *asked)
    drawing.chart(w, picture, key, behind(w, results.shown(result)), _foot(w, result, whole))


def side_by_side(w: Words, answered: tuple[Result, Result], units: tuple[str, ...], whole: Result) -> None:
    """A few units of two answers, groups apart and together."""
    result = pictures.only(pictures.together(*map(results.shown, answered)), units)
    picture = pictures.interval_list(look(w), result, whole)
    drawing.chart(w, picture, "compared", behind(w, result), _foot(w, result, whole))


def apart(w: Words, units: Result, whole: Result, picked: tuple[str, ...], against: str) -> None:
    """The picked units against the first of them or the rest: ratio, difference, and whether it could be seen."""
    pairs = differences.of(units, whole, picked, against)
    if not pairs:
        st.markdown(w("comparing.one_more"))
        return
    beside = Beside((*differences.sentences(w, pairs),), method.foot(w, units))
    under = Behind(
        w("comparing.title"),
        lambda: [differences.table(w, pairs, units)],
        lambda: [answers.of(w, units, methods.PAIRS)],
        title=w("comparing.table.title"),
        note=w("comparing.how"),
    )
    drawing.chart(w, pictures.ratios(look(w), units, pairs), "ratios", under, beside)


@where_published
def trend_line(w: Words, result: Result, key: str) -> None:
    """The estimate by election, on the day of voting."""
    picture = results.picture(pictures.trend_line, look(w), result)
    drawing.chart(w, picture, key, behind(w, results.shown(result)), _foot(w, result))


def shares(w: Words, result: Result, key: str) -> None:
    """A share with its interval: along time for elections, else a row per unit."""
    draw = trend_line if result.period == "election" else interval_list
    draw(w, result, key)


@where_published
def severity_bars(w: Words, result: Result, key: str) -> None:
    """Persons by severity, or by another group, as parts of a bar per unit or per election."""
    picture = results.picture(pictures.severity_bars, look(w), result)
    drawing.chart(w, picture, key, behind(w, results.shown(result)), _foot(w, result))


@where_published
def severity_matrix(w: Words, result: Result, key: str) -> None:
    """What was recommended against what was imposed, a cell per pair of severities."""
    picture = results.picture(pictures.severity_matrix, look(w), result)
    drawing.chart(w, picture, key, behind(w, results.shown(result)), _foot(w, result))


def told(w: Words, result: Result, key: str) -> None:
    """What stands under numbers told in a sentence: sources and limits, table, explanation."""
    st.html(method.foot(w, result))
    under = behind(w, results.shown(result))
    drawing.twin(w, key, under)
    shown.fold(w, key, under.name, under.explained)


def sourced(w: Words, result: Result, key: str) -> None:
    """What stands over a table: sources and limits, explanation."""
    st.html(method.foot(w, result))
    under = behind(w, result)
    shown.fold(w, key, under.name, under.explained)


def ready(picture: Picture, key: str) -> None:
    """A picture as it was made; the part that holds its table and explanation is named in `folded.HOMES`."""
    assert key in folded.HOMES, "a chart has a table twin and an explanation"
    drawing.figure(picture, key)


def area(w: Words, picture: Picture, key: str) -> None:
    """A map as it was made, with its sentence and the credit of its boundaries; a click narrows the page to the region."""
    assert key in folded.HOMES, "a chart has a table twin and an explanation"
    drawing.figure(picture, key, opens=True)
    st.html(f"<p class='netra-told'>{escape(picture[1])}</p>{method.credit(w)}")


def behind(w: Words, result: Result, *more: Method) -> Behind:
    """What may be opened under an answer, and under what methods made of it."""
    return Behind(
        result.definition.title.of(w.lang),
        lambda: [tables.of_result(w, result)],
        lambda: [answers.of(w, result, *more)],
    )


def _places(
    w: Words, form: tuple[Callable[..., Picture], str], result: Result, key: str, whole: Result | None
) -> None:
    """A map of a form, with the credit that the form asks for."""
    draw, credit = form
    if whole is None or result.definition.kind != "rate":
        beside = Beside(foot=method.foot(w, result) + credit, opens=True)
        drawing.chart(
            w, results.picture(draw, look(w), result), key, behind(w, results.shown(result)), beside
        )
        return

    def explained() -> list[Explanation]:
        return [answers.of(w, result, methods.EVIDENCE)]

    name = result.definition.title.of(w.lang)
    under = Behind(
        name,
        lambda: [judgements.table(w, *map(results.shown, (result, whole)))],
        explained,
        title=w("evidence.table.title"),
    )
    picture = results.picture(draw, look(w), result, whole)
    drawing.chart(w, picture, key, under, Beside(foot=_around(w, whole) + credit, opens=True))


def _foot(w: Words, result: Result, whole: Result | None = None) -> Beside:
    return Beside(foot=(_around(w, whole) if whole else "") + method.foot(w, result))


def _around(w: Words, whole: Result) -> str:
    """Under a figure that holds units against the middle of a range: that it does."""
    told = comparison.around(w, reference_range(whole)) if whole.definition.kind == "rate" else ""
    return f"<div class='netra-foot'><p>{escape(told)}</p></div>" if told else ""
