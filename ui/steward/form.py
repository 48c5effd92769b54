"""The form of the data steward: which kind of file, the file, and what its kind needs to be understood."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import zip_longest
from typing import Final

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from language import Words
from ui import filters, layout, notice
from ui.frame.address import JOB
from ui.steward import asked, outcome, told
from ui.steward.places import governments
from ui.steward.running.desk import Desk
from ui.steward.running.masking import shown_name
from ui.steward.running.parcel import Parcel

_MORE: Final = ("sheet", "map", "accept")
_LONGEST: Final = 200


def draw(w: Words, desk: Desk) -> None:
    """Ask for a file and check it; what the last check was given is filled in again."""
    about = outcome.about(desk)
    layout.section(w("loading.form.again" if about else "loading.form.title"))
    kind = st.segmented_control(
        w("loading.form.kind"), asked.KINDS, default=about.get("kind", asked.KINDS[0]), required=True, wrap=True,
        format_func=lambda code: w(f"loading.kinds.{code}"), key="steward_kind",
    )  # fmt: skip
    dropped, parcel = _file(w, desk)
    with st.form("steward_form", enter_to_submit=False):
        answers = _answers(w, kind or asked.KINDS[0], about)
        sent = st.form_submit_button(w("loading.form.check"))
    if not sent:
        return
    found = asked.faults(kind, answers, parcel)
    if found or parcel is None:
        notice.alert([w(f"loading.faults.{name}") for name in found])
        return
    outcome.hand_in(w, desk, asked.order(kind, answers, parcel), partial(_forget, dropped))


def _file(w: Words, desk: Desk) -> tuple[UploadedFile | None, Parcel | None]:
    """What was dropped, and the file to check: that one, or the one that was checked before and is still kept."""
    with st.container(key="steward_upload", gap="xsmall"):
        # A new one after every job: the server holds what the last one was given, and nothing else.
        key = f"steward_file_{filters.parameters().get(JOB, '')}"
        dropped = st.file_uploader(w("loading.form.file"), key=key)
        st.caption(w("loading.form.file_note", endings=", ".join(name[1:].upper() for name in asked.ENDINGS)))
    if dropped is not None:
        parcel = Parcel(shown_name(dropped.name), dropped.getvalue())
        st.markdown(w("loading.form.file_chosen", name=told.code(parcel.name), size=_size(w, parcel)))
        return dropped, parcel
    kept = outcome.kept(desk)
    if kept is None or kept.parcel is None:
        return None, None
    st.markdown(w("loading.form.file_kept", name=told.code(kept.parcel.name), size=_size(w, kept.parcel)))
    return None, kept.parcel


def _forget(dropped: UploadedFile | None) -> None:
    """Let go of Streamlit's copy of a file, which would stay as long as the session."""
    context = get_script_run_ctx()
    if dropped and context and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(context.session_id, dropped.file_id)


def _answers(w: Words, kind: str, about: Mapping[str, str]) -> Mapping[str, str]:
    fields = asked.FIELDS[kind]
    answers: dict[str, str] = {}
    asked_first = [name for name in fields if name not in _MORE]
    # Two beside each other, and in the same order below each other on a narrow screen.
    for pair in zip_longest(asked_first[::2], asked_first[1::2]):
        for column, name in zip(layout.beside(), pair, strict=True):
            with column:
                if name:
                    answers[name] = _field(w, kind, name, about.get(name, ""))
    with st.expander(w("loading.form.more"), key="steward_more"):
        for name in fields:
            if name in _MORE:
                answers[name] = _field(w, kind, name, about.get(name, ""))
    return answers


def _field(w: Words, kind: str, name: str, given: str) -> str:
    key, label, note = f"steward_{kind}_{name}", w(f"loading.fields.{name}"), _note(w, name)
    if name == "as_of":
        given = asked.shown_day(given)
    if name == "government":
        return _choice(label, key, governments(w), given, w("loading.form.choose"))
    if name == "code_system":
        systems = {code: w(f"loading.code_systems.{code}") for code in asked.CODE_SYSTEMS}
        return _choice(label, key, systems, given or asked.CODE_SYSTEMS[0], "")
    if name == "replace":
        return "yes" if st.checkbox(label, bool(given), key=key) else ""
    if name == "map":
        return st.text_area(label, given, key=key, placeholder=note, max_chars=_LONGEST * 10)
    return (
        st.text_input(label, given, key=key, placeholder=note, max_chars=_LONGEST, autocomplete="off") or ""
    )


def _choice(label: str, key: str, options: Mapping[str, str], given: str, hint: str) -> str:
    codes = list(options)
    chosen = st.selectbox(
        label, codes, codes.index(given) if given in options else None, key=key, placeholder=hint,
        format_func=lambda code: options[code],
    )  # fmt: skip
    return chosen or ""


def _note(w: Words, name: str) -> str:
    return "" if name in ("government", "code_system", "replace") else w(f"loading.notes.{name}")


def _size(w: Words, parcel: Parcel) -> str:
    return w("loading.form.size", kb=w.number(max(1, len(parcel.content) // 1024)))
