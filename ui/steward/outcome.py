"""The job that the address names: its progress while it runs, then what came of it and what can be done next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from html import escape
from typing import Final

import streamlit as st

import settings
from language import Words
from ui import boundary, filters, layout, notice
from ui.frame.address import JOB
from ui.showing import tables
from ui.showing.tables import Table
from ui.steward import told
from ui.steward.running.desk import Desk, Job, desk
from ui.steward.running.order import Order
from ui.steward.told import Event

EVERY: Final = 1.0
BUILD: Final = Order("build", ("build",))


def counter() -> Desk:
    """The desk of this server."""
    return desk(settings.read())


def draw(w: Words, at: Desk) -> bool:
    """Show the job of the address; True while it runs and nothing else can be done."""
    job_id = filters.parameters().get(JOB, "")
    running = at.running()
    if running and running != job_id:
        _offer(w, at, running)
    if not job_id:
        return False
    with st.container(key="steward_outcome"):
        job = at.look(job_id)
        if job is None:
            notice.warn(w("loading.job.unknown"), "unknown")
            return False
        layout.section(w(f"loading.verbs.{job.record.verb}"))
        if "file" in job.record.about:
            layout.text(w("loading.job.about", file=told.code(job.record.about["file"])))
        if job.state == "running":
            _watch(w, at, job_id)
            return True
        _ended(w, at, job)
    return False


def hand_in(w: Words, at: Desk, order: Order, taken: Callable[[], None] | None = None) -> None:
    """Start a job, say that it was `taken`, and go to it; where another one runs, say so."""
    job_id = at.start(order)
    if job_id is None:
        notice.alert([w("loading.job.busy")])
        return
    if taken:
        taken()
    _go(job_id)


def about(at: Desk) -> Mapping[str, str]:
    """What the form held for the job of the address; empty for other jobs."""
    job = at.look(filters.parameters().get(JOB, ""))
    return job.record.about if job and job.record.verb in ("check", "load") else {}


def kept(at: Desk) -> Order | None:
    """The order of the job of the address with its file, as long as it is kept."""
    return at.shelf.find(filters.parameters().get(JOB, ""))


def _go(job_id: str) -> None:
    st.query_params[JOB] = job_id
    st.rerun()


def _offer(w: Words, at: Desk, running: str) -> None:
    job = at.look(running)
    if job:
        hour = job.record.started_at.strftime("%H.%M")
        notice.warn(w("loading.job.other", what=w(f"loading.verbs.{job.record.verb}"), hour=hour), "other")
        if st.button(w("loading.job.watch"), key="steward_watch"):
            _go(running)


def _watch(w: Words, at: Desk, job_id: str) -> None:
    @st.fragment(run_every=EVERY)
    def poll() -> None:
        with boundary.guarded(w):
            job = at.look(job_id)
            if job is None or job.state != "running":
                st.rerun()
            else:
                _progress(w, job)

    poll()
    st.caption(w("loading.job.safe"))
    st.button(w("loading.job.stop"), key="steward_stop", on_click=at.stop, args=(job_id,))


def _progress(w: Words, job: Job) -> None:
    steps = [told.step(event) for event in job.record.events if event["event"] == "step"]
    seconds = (datetime.now(UTC) - job.record.started_at).total_seconds()
    now = escape(steps[-1] if steps else w("loading.job.begins"))
    elapsed = escape(w("loading.job.elapsed", steps=len(steps), seconds=w.number(seconds)))
    # Only the step is announced: a voice that counts seconds would never be silent.
    said = f"<p role='status'><strong>{escape(w('loading.job.now'))}</strong> {now}</p>"
    st.html(f"<div class='netra-progress'>{said}<p>{elapsed}</p></div>")


def _ended(w: Words, at: Desk, job: Job) -> None:
    last = {str(event["event"]): event for event in job.record.events}
    if job.state in ("stopped", "broken"):
        notice.alert([w(f"loading.job.{job.state}", number=job.record.job_id)])
    elif job.state == "refused":
        st.html(told.fault(w, last["error"]))
        _sheets(w, at, job, last["error"])
    if "understood" in last:
        _understood(w, last["understood"], job)
    if job.state == "done":
        _next(w, at, job, last)


def _next(w: Words, at: Desk, job: Job, last: Mapping[str, Event]) -> None:
    verb, done = job.record.verb, last.get("done", {})
    if verb == "sources":
        _sources(w, at, last.get("sources", {}))
        return
    key = verb if done.get("changed", True) else f"{verb}_same"
    notice.status(w(f"loading.done.{key}", build=str(done.get("build_id", ""))))
    if verb == "check" and done.get("changed", True):
        _load(w, at)
    elif verb in ("check", "load", "restore"):
        _button(w, at, BUILD, "loading.done.publish")


def _load(w: Words, at: Desk) -> None:
    order = kept(at)
    if order is None:
        notice.warn(w("loading.done.file_gone"), "gone")
    else:
        _button(w, at, order.in_earnest(), "loading.done.in_earnest")


def _button(w: Words, at: Desk, order: Order, label: str) -> None:
    if st.button(w(label), key=f"steward_next_{order.verb}"):
        hand_in(w, at, order)


def _sheets(w: Words, at: Desk, job: Job, error: Event) -> None:
    choices = error.get("choices")
    names = choices.get("sheets", []) if isinstance(choices, dict) else []
    order = at.shelf.find(job.record.job_id)
    # A sheet whose name had to be masked cannot be asked for by that name.
    known = [name for name in names if isinstance(name, str) and "…" not in name]
    if not known or order is None:
        return
    with st.form("steward_sheets"):
        sheet = st.selectbox(w("loading.fields.sheet"), known, key="steward_sheet")
        sent = st.form_submit_button(w("loading.job.sheet"))
    if sent and sheet:
        hand_in(w, at, order.with_sheet(sheet))


def _understood(w: Words, event: Event, job: Job) -> None:
    card = event.get("card", {})
    notice.say(told.summary(w, card), "summary")
    if card.get("kind") == "roster":
        if told.differ(card) and job.state == "refused":
            notice.warn(w("loading.controls.warning"), "controls")
        _part(w, told.controls(w, card), "controls")
    _part(w, told.refused(w, event), "refused")
    if event.get("refused"):
        _list(w, event, card)
    _part(w, told.warnings(w, event), "warnings")
    _part(w, told.skipped(w, event), "skipped")
    if job.record.verb == "check":
        _part(w, told.columns(w, event), "columns")
    with st.expander(w("loading.told.facts"), key="steward_facts"):
        st.html(tables.as_html(told.facts(w, card)))


def _part(w: Words, table: Table, key: str) -> None:
    if table.rows:
        st.subheader(table.caption, anchor=False)
        tables.draw(w, table, f"steward_{key}")


def _list(w: Words, event: Event, card: Event) -> None:
    shown, total = len(event["refused"]), card.get("rows_rejected") or 0
    if shown < total:
        st.markdown(w("loading.refused.first", shown=shown, total=total))
    # Made when it is asked for: a file that lies ready is taken away by the next run, and the browser finds it missing.
    st.download_button(
        w("loading.refused.download"), data=lambda: told.refused_file(event), mime="text/csv", on_click="ignore",
        file_name=f"netra_ditolak_{card.get('source_id', '')}.csv",
    )  # fmt: skip


def _sources(w: Words, at: Desk, event: Event) -> None:
    tables.draw(w, told.sources(w, event), "steward_sources")
    several = [str(row["source_id"]) for row in event.get("sources", []) if (row.get("versions") or 0) > 1]
    if not several:
        return
    with st.form("steward_restore"):
        source = st.selectbox(w("loading.sources.restore_which"), several, key="steward_restore_which")
        sure = st.checkbox(w("loading.sources.restore_sure"), key="steward_restore_sure")
        sent = st.form_submit_button(w("loading.sources.restore"))
    if sent and sure and source:
        hand_in(w, at, Order("restore", ("restore", source), about={"source": source}))
    elif sent:
        notice.alert([w("loading.builds.unsure")])
