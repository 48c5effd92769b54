"""What the command line said, as tables and sentences."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

from language import Words, is_missing
from ui.showing.tables import Table

Event = Mapping[str, Any]
CONTROLLED: Final = (("PNS", "expect_pns", "pns_active"), ("PPPK", "expect_pppk", "pppk_active"))
_OPTION: Final = re.compile(r"--([a-z-]+)")
_FIELD_OF_OPTION: Final = {"accept-mismatch": "accept"}


def code(text: str) -> str:
    """A text that somebody else chose, as Markdown in which no mark-up of theirs takes effect."""
    return f"`{text.replace('`', '')}`"


def step(event: Event) -> str:
    """What the process does now."""
    return ": ".join(str(event[name]) for name in ("title", "step") if event.get(name))


def summary(w: Words, card: Event) -> str:
    """How many rows there are and what becomes of them."""
    names = ("rows_read", "rows_loaded", "rows_rejected", "rows_skipped")
    numbers = {name.removeprefix("rows_"): card.get(name) or 0 for name in names}
    return w("loading.told.summary", **numbers)


def facts(w: Words, card: Event) -> Table:
    """What the card of the file will say."""
    rows = [
        ("file", card.get("file_name")),
        ("kind", _word(w, "loading.kinds", card.get("kind"))),
        ("form", card.get("form")),
        ("sheet", card.get("sheet")),
        ("as_of", card.get("as_of")),
        ("publisher", card.get("publisher")),
        ("source", card.get("source_id")),
        ("sha256", str(card.get("sha256") or "")[:12]),
        ("origin", w("ui.simulated") if card.get("is_simulated") else w("ui.sources.real")),
    ]
    told = tuple((w(f"loading.facts.{name}"), str(value)) for name, value in rows if value)
    return Table(w("loading.told.facts"), (w("loading.told.fact"), w("loading.told.value")), told)


def columns(w: Words, event: Event) -> Table:
    """Which column of the file was taken for what."""
    head = (w("loading.told.column"), w("loading.told.field"))
    pairs = [(str(row.get("column", "")), str(row.get("field", ""))) for row in _rows(event, "columns")]
    rows = tuple((column, _word(w, "loading.columns", field)) for column, field in pairs)
    return Table(w("loading.told.columns"), head, rows)


def controls(w: Words, card: Event) -> Table:
    """Declared against counted, PNS and PPPK apart."""
    head = tuple(w(f"loading.controls.{name}") for name in ("group", "declared", "counted", "verdict"))
    rows = tuple(
        (
            group,
            w.number(card.get(expected)),
            w.number(card.get(counted)),
            _verdict(w, card, expected, counted),
        )
        for group, expected, counted in CONTROLLED
    )
    return Table(w("loading.controls.title"), head, rows, frozenset({1, 2}))


def differ(card: Event) -> bool:
    """Whether a declared total is not what was counted."""
    return any(
        not is_missing(card.get(expected)) and card.get(expected) != card.get(counted)
        for _, expected, counted in CONTROLLED
    )


def refused(w: Words, event: Event) -> Table:
    """The refused rows: where, why, and the value without what could name somebody."""
    head = tuple(w(f"loading.refused.{name}") for name in ("row", "column", "value", "reason"))
    rows = tuple(
        (
            w.number(row.get("row_number")), str(row.get("column_name") or ""),
            str(row.get("masked_value") or ""), str(row.get(f"message_{w.lang}") or row.get("rule") or ""),
        )
        for row in _rows(event, "refused")
    )  # fmt: skip
    return Table(w("loading.refused.title"), head, rows)


def refused_file(event: Event) -> bytes:
    """The refused rows as CSV that Excel opens, with the reasons in both languages; nothing in it is a formula."""
    names = ("row_number", "column_name", "masked_value", "rule", "message_id", "message_en")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(names)
    for row in _rows(event, "refused"):
        writer.writerow(_inert(row.get(name)) for name in names)
    return text.getvalue().encode("utf-8-sig")


def warnings(w: Words, event: Event) -> Table:
    """What is loaded and still looks wrong."""
    head = tuple(w(f"loading.warnings.{name}") for name in ("reason", "rows", "first"))
    rows = tuple(
        (
            str(row.get(f"message_{w.lang}") or row.get("rule") or ""),
            w.number(row.get("rows")), w.number(row.get("first_row")),
        )
        for row in _rows(event, "warnings")
    )  # fmt: skip
    return Table(w("loading.warnings.title"), head, rows, frozenset({1, 2}))


def skipped(w: Words, event: Event) -> Table:
    """Rows of the file that are no data."""
    head = tuple(w(f"loading.skipped.{name}") for name in ("kind", "rows", "first"))
    rows = tuple(
        (
            _word(w, "loading.skipped_kinds", row.get("kind")),
            w.number(row.get("rows")),
            w.number(row.get("first_row")),
        )
        for row in _rows(event, "skipped")
    )
    return Table(w("loading.skipped.title"), head, rows, frozenset({1, 2}))


def sources(w: Words, event: Event) -> Table:
    """The loaded files, whether they are published already or not."""
    names = ("source", "file", "kind", "as_of", "read", "loaded", "refused", "versions", "origin")
    head = tuple(w(f"loading.sources.{name}") for name in names)
    rows = tuple(
        (
            str(row.get("source_id", "")), str(row.get("file_name", "")), _word(w, "loading.kinds", row.get("kind")),
            _unbroken(row.get("as_of") or w.number(None)), w.number(row.get("rows_read")),
            w.number(row.get("rows_loaded")), w.number(row.get("rows_rejected")), w.number(row.get("versions")),
            w("ui.simulated") if row.get("is_simulated") else w("ui.sources.real"),
        )
        for row in _rows(event, "sources")
    )  # fmt: skip
    return Table(w("loading.sources.title"), head, rows, frozenset({4, 5, 6, 7}))


def fault(w: Words, event: Event) -> str:
    """Why nothing changed, where, and what to do next, as HTML; options of the command line by their names here."""
    parts = [(part, str(event.get(part) or "")) for part in ("what", "where", "cure")]
    told = "".join(
        f"<p><strong>{escape(w(f'loading.fault.{part}'))}</strong> {escape(_named(w, text))}</p>"
        for part, text in parts
        if text
    )
    return f"<div class='netra-fault' role='alert'>{told}</div>"


def _verdict(w: Words, card: Event, expected: str, counted: str) -> str:
    if is_missing(card.get(expected)):
        return w("loading.controls.undeclared")
    if card.get(expected) == card.get(counted):
        return w("loading.controls.equal")
    accepted = card.get("control_verdict") == "mismatch_accepted"
    return w("loading.controls.accepted") if accepted else w("loading.controls.different")


def _named(w: Words, text: str) -> str:
    def field(found: re.Match[str]) -> str:
        name = _FIELD_OF_OPTION.get(found[1], found[1].replace("-", "_"))
        label = _word(w, "loading.fields", name)
        return found[0] if label == name else f"“{label}”"

    return _OPTION.sub(field, text)


def _word(w: Words, group: str, code: object) -> str:
    """The text of a code; a code that is not known here yet stands for itself."""
    try:
        return w(f"{group}.{code}")
    except KeyError:
        return str(code or "")


def _unbroken(text: object) -> str:
    """A date that no narrow column breaks at its hyphens."""
    return str(text).replace("-", "\N{NON-BREAKING HYPHEN}")


def _rows(event: Event, name: str) -> Sequence[Event]:
    found = event.get(name)
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def _inert(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
