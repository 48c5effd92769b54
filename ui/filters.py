"""Filters: the address is the state and the widgets are its view; the only module that uses session_state.

Streamlit's own binding writes labels, not codes, into the address and drops what it does not know without a word;
so a change of a widget is written to the address, and every run fills the widgets from the address.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from typing import Any, Final

import streamlit as st

from language import LANGUAGES, Words
from ui import results
from ui.access import run
from ui.frame import address
from ui.frame.options import offered
from warehouse.selection import Known, Selection

MAIN: Final = ("elections", "provinces", "governments")
OTHER: Final = ("agencies", "statuses", "violations", "employment")
DAYS: Final = ("since", "until")
FIRST_YEAR: Final = 2015
_WIDGET: Final = "filter_"
_VIEW: Final = "view_"
_EDITION: Final = "edition_seen"


def current_words() -> Words:
    """Words in the language of the address."""
    return address.reader(parameters())


def current() -> Selection:
    """What the reader selected; the address alone decides."""
    return _read().selection


def ignored() -> tuple[str, ...]:
    """Parts of the address that were not understood, as `parameter=value`."""
    return _read().ignored


def parameters() -> dict[str, str]:
    """Parameters of the address as written."""
    return address.bounded(st.query_params.to_dict())


def carried() -> dict[str, str]:
    """Parameters that every link inside the app carries."""
    return address.known_parts(parameters())


def bar(w: Words) -> None:
    """Draw the shared filters, filled from the address."""
    selection, known = current(), results.known(w.lang)
    for name in (*MAIN, *OTHER):
        _remember(_WIDGET + name, list(getattr(selection, name)))
    for name in DAYS:
        _remember(_WIDGET + name, getattr(selection, name))
    with st.container(key="filters", gap="xsmall"):
        _row(w, MAIN, selection, known)
        used = sum(bool(getattr(selection, name)) for name in (*OTHER, *DAYS))
        label = w("ui.filters.more_set", n=used) if used else w("ui.filters.more")
        more = st.expander(label, key="more_filters", type="compact", on_change="rerun")
        if more.open:
            with more:
                _row(w, OTHER[:2], selection, known)
                _row(w, OTHER[2:], selection, known)
                _period(w, selection)
    with st.container(horizontal=True, key="scope", vertical_alignment="center"):
        st.markdown(selection.describe(w, known), width="content")
        if selection != Selection():
            st.button(w("ui.filters.clear"), key="clear_filters", on_click=clear)


def language_switch(w: Words) -> None:
    """Draw the choice of language; the address keeps everything else."""
    _remember(_VIEW + address.LANGUAGE, w.lang)
    st.segmented_control(
        w("ui.language"), LANGUAGES, required=True, key=_VIEW + address.LANGUAGE, format_func=str.upper,
        label_visibility="collapsed", on_change=_write_view, args=(address.LANGUAGE, LANGUAGES[0]),
    )  # fmt: skip


def choice(name: str, options: Mapping[str, str], label: str) -> str:
    """One of `options` (code: name), kept in the address under `name`; the first is the default."""
    codes = list(options)
    _remember(_VIEW + name, _asked(name, codes))
    chosen: str | None = st.segmented_control(
        label, codes, required=True, wrap=True, key=_VIEW + name, format_func=partial(_name, options),
        on_change=_write_view, args=(name, codes[0]),
    )  # fmt: skip
    return chosen or codes[0]


def picked(name: str, options: Mapping[str, str], label: str) -> str:
    """As `choice`, for more options than fit side by side."""
    codes = list(options)
    _remember(_VIEW + name, _asked(name, codes))
    chosen: str = st.selectbox(
        label, codes, key=_VIEW + name, format_func=partial(_name, options),
        on_change=_write_view, args=(name, codes[0]),
    )  # fmt: skip
    return chosen


def several(name: str, options: Mapping[str, str], label: str, most: int) -> tuple[str, ...]:
    """Up to `most` of `options` (code: name), kept in the address under `name`."""
    asked = [code for code in address.codes(parameters().get(name, "")) if code in options][:most]
    _remember(_VIEW + name, asked)
    chosen = st.multiselect(
        label, list(options), key=_VIEW + name, format_func=partial(_name, options),
        max_selections=most, placeholder=current_words()("ui.filters.up_to", n=most), select_all=False,
        on_change=_write_view, args=(name, ""),
    )  # fmt: skip
    return tuple(chosen)


def open_unit(chart: str) -> Callable[[], None]:
    """What a click on a map does: a province is filtered and opened, a government gets its profile."""

    def follow() -> None:
        codes = [code for point in st.session_state[chart]["selection"]["points"] if (code := _unit(point))]
        if codes:
            show_unit(codes[0])

    return follow


def show_unit(code: str) -> None:
    """Narrow the address to one unit: a province by its two digits, else a government."""
    if code in results.known(current_words().lang).provinces:
        _write(replace(current(), provinces=(code,), governments=(), agencies=()))
        st.query_params.pop("tingkat", None)
    elif code in results.governments():
        choose_government(code)


def choose_government(code: str) -> None:
    """Narrow the address to one government."""
    _write(replace(current(), provinces=(), governments=(code,), agencies=()))


def leave_unit() -> None:
    """Go back from the profile of one government to the map."""
    _write(replace(current(), governments=(), agencies=()))


def earlier_build(build_id: str, now: float) -> tuple[str, float] | None:
    """The build that the session looked at before `build_id`, and how many seconds ago that changed; None if never."""
    seen, before, since = st.session_state.get(_EDITION, (build_id, None, now))
    if seen != build_id:
        before, since = seen, now
    st.session_state[_EDITION] = (build_id, before, since)
    return (before, now - since) if before else None


def clear(kept: Selection | None = None) -> None:
    """Remove all filters but those that are `kept`; language and the choices of the page stay."""
    _write(kept or Selection())


def _read() -> address.Reading:
    return _understood(tuple(parameters().items()), current_words().lang, results.version())


@lru_cache(maxsize=256)
def _understood(written: tuple[tuple[str, str], ...], lang: str, _version: str) -> address.Reading:
    return address.read(dict(written), results.known(lang))


def _row(w: Words, names: Sequence[str], selection: Selection, known: Known) -> None:
    for column, name in zip(st.columns(len(names)), names, strict=True):
        options, label = offered(w, name, selection, known), w(f"ui.filters.{name}")
        if not options:
            column.markdown(f"{label}: {w('ui.filters.agencies_hint')}")
            continue
        column.multiselect(
            label, list(options), key=_WIDGET + name, placeholder=w("ui.filters.all"),
            format_func=partial(_name, options), select_all=False, on_change=_write_widgets,
        )  # fmt: skip


def _period(w: Words, selection: Selection) -> None:
    years = range(FIRST_YEAR, results.build().as_of.year + 1)
    ends = {"since": (1, 1), "until": (12, 31)}
    for column, name in zip(st.columns(2), DAYS, strict=True):
        asked = getattr(selection, name)
        days = {date(year, *ends[name]) for year in years} | ({asked} if asked else set())
        column.selectbox(
            w(f"ui.filters.{name}"), [None, *sorted(days)], key=_WIDGET + name, on_change=_write_widgets,
            format_func=lambda day: w.date(day) if day else w("ui.filters.any_date"),
            placeholder=w("ui.filters.any_date"),
        )  # fmt: skip


def _asked(name: str, codes: Sequence[str]) -> str:
    asked = parameters().get(name, codes[0])
    return asked if asked in codes else codes[0]


def _name(options: Mapping[str, str], code: str) -> str:
    return options.get(code, code)


def _remember(key: str, value: Any) -> None:
    # Setting an equal value would make the browser redraw the widget and lose what is being typed.
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def _write_widgets() -> None:
    # The run that follows begins anew; here settings and pointer are looked up once and not at every step.
    run.begin()
    shown = current()
    values = {name: st.session_state.get(_WIDGET + name, getattr(shown, name)) for name in (*MAIN, *OTHER)}
    days = {name: st.session_state.get(_WIDGET + name, getattr(shown, name)) for name in DAYS}
    if days["since"] and days["until"] and days["since"] > days["until"]:
        days["until"] = None
    chosen: dict[str, Any] = {name: tuple(value) for name, value in values.items()} | days
    _write(address.consistent(Selection(**chosen)))


def _write_view(name: str, default: str) -> None:
    value = st.session_state[_VIEW + name]
    text = ",".join(value) if isinstance(value, list) else value
    if text and text != default:
        st.query_params[name] = text
    else:
        st.query_params.pop(name, None)


def _write(selection: Selection) -> None:
    st.query_params.from_dict(address.write(parameters(), selection))


def _unit(point: Mapping[str, Any]) -> str | None:
    code = point.get("location") or point.get("customdata")
    if isinstance(code, (list, tuple)):
        code = code[-1] if code else None
    return code if isinstance(code, str) else None
