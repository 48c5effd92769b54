"""A build that the address asks for: shown as long as it is kept, with the word that a newer one exists."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date

import streamlit as st

from errors import AppError
from exports import receipt
from language import Words
from ui import filters, results
from ui.access import run
from ui.frame import address, edition
from warehouse.builds import manifests
from warehouse.connection import current_version
from warehouse.corrections import Correction, Shown, touching


def begin() -> None:
    """Holds the run to the build that the address asks for, where it is kept and this code can read it, else to the current one."""
    run.begin()
    asked = wanted(filters.parameters())
    if asked is None:
        return
    with suppress(AppError):
        if asked != results.version() and manifests.is_kept(run.chosen(), asked):
            run.begin(asked)
            results.warehouse()
            return
    run.begin()


def told(w: Words) -> bool:
    """Says that the numbers are those of an older build, or that the one asked for is not here; whether there was anything to say."""
    asked = wanted(filters.parameters())
    if asked is None or (asked == results.version() == current_version(run.chosen())):
        return False
    with st.container(key="older"):
        if asked == results.version():
            st.warning(w("receipts.older", build=f"`{asked}`", moment=edition.moment(w, results.build())))
        else:
            st.warning(_missing(w, asked))
        for one in _corrections(filters.parameters().get(address.RECEIPT)):
            st.warning(w("receipts.corrected", number=one.correction_id, title=one.text("title", w.lang)))
        st.button(w("receipts.newer"), key="leave_build", on_click=leave)
    return True


def _missing(w: Words, asked: str) -> str:
    """Why the build that was asked for is not the one below: it was deleted, or was never here, or cannot be read."""
    shown = f"`{asked.replace('`', '')[:60]}`"
    if gone := manifests.deleted(run.chosen(), asked):
        return w("receipts.pruned", build=shown, day=gone.built_at[:10])
    return w("receipts.gone", build=shown)


def _corrections(named: str | None) -> tuple[Correction, ...]:
    """What has been corrected since, of the build, places and elections that are shown; only the current build knows it."""
    chosen = filters.current()
    shown = Shown(
        results.version(),
        date.fromisoformat(made[:10]) if (made := results.build().built_at) else None,
        named if named and receipt.parsed(named) else None,
        regions=frozenset({*chosen.provinces, *chosen.governments}),
        elections=frozenset(chosen.elections),
    )
    return touching(results.latest(), shown)


def wanted(parts: Mapping[str, str]) -> str | None:
    """The build that an address names, itself or in a receipt."""
    named = receipt.parsed(parts.get(address.RECEIPT, ""))
    return parts.get(address.BUILD) or (named[0] if named else None)


def leave() -> None:
    """To the same view of the current build."""
    for name in (address.BUILD, address.RECEIPT):
        st.query_params.pop(name, None)
