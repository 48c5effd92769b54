"""The parts of the page of downloads: the choice of a file, its address, and the package of all data."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

import streamlit as st

from exports import offer
from exports.rendered import FORMS
from language import Words
from metrics.definition import definition
from metrics.frame import ALL
from metrics.result import Result
from ui import download, results
from ui.downloading.shelf import Making, shelf
from ui.frame.address import FILES

EVERY = 1.0
ROOT = "unduh/v1"
"""Relative to the page, so that it also holds below another path."""


def groups(w: Words, metric_id: str, by: str, period: str) -> Mapping[str, str]:
    """Groups that the rows may be split by, with their names; the first is none."""
    offered = offer.groups(definition(metric_id), by, period)
    return {ALL: w("downloads.no_group"), **{code: w(f"downloads.groups.{code}") for code in offered}}


def forms(w: Words, by: str) -> Mapping[str, str]:
    """Forms of the file; one with places for units that have them."""
    levels = {code: form.levels for code, form in FORMS.items() if form.levels}
    return {
        code: w(f"downloads.forms.{code.replace('.', '_')}")
        for code in FILES
        if by in levels.get(code, (by,))
    }


def address(w: Words, result: Result, form: str) -> None:
    """The stable address of the file, for scripts."""
    split = {"by": result.by, "period": result.period} | ({"group": result.group} if result.group else {})
    asked = {**split, **result.selection.as_query()}
    path = f"{results.build().build_id}/answers/{result.definition.metric_id}.{form}?{urlencode(asked)}"
    st.markdown(w("downloads.address"))
    st.code(f"/{ROOT}/{path}", language=None, wrap_lines=True)


def everything(w: Words) -> None:
    """The package of all data of this build: made when somebody asks, with its progress, then a link."""
    build_id, threshold = results.build().build_id, results.suppress_below()
    st.markdown(w("downloads.whole.lead"))
    making = shelf().seen(build_id, threshold)
    if making is None or making.failed:
        if making:
            st.warning(w("downloads.whole.failed"))
        st.button(w("downloads.whole.make"), key="whole", on_click=_begin, args=(build_id, threshold))
    elif making.digest:
        _given(w, making, build_id)
    else:
        # A fragment with a clock of its own: the rest of the page stays as it is.
        st.fragment(_waited, run_every=EVERY)(w, making)


def _begin(build_id: str, threshold: int) -> None:
    shelf().ask(build_id, threshold)


def _waited(w: Words, making: Making) -> None:
    if making.digest or making.failed:
        st.rerun()
    st.progress(making.share, w("downloads.whole.share", share=w.percent(making.share)))


def _given(w: Words, making: Making, build_id: str) -> None:
    size = download.size(w, making.path.stat().st_size)
    label = escape(w("downloads.whole.give", size=size))
    st.html(f"<p><a class='netra-file' href='{ROOT}/{escape(build_id)}/package.zip'>{label}</a></p>")
    st.markdown(w("downloads.whole.digest", digest=f"`{making.digest}`"))
