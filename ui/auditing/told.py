"""Entries and findings as plain sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from audit.entries import KINDS, NUMBERS, Entry
from audit.secret import Secrets
from audit.verdict import Finding
from language import Words
from ui.showing.tables import Table

ALL: Final = "all"
_NAMES: Final = frozenset().union(*KINDS.values())


def kinds() -> tuple[str, ...]:
    """What a steward may ask for."""
    return (ALL, *KINDS)


def kind_of(w: Words, kind: str) -> str:
    """A kind of event by its name; one that this version does not know stands for itself."""
    if kind == ALL:
        return w("audit.all")
    return w(f"audit.kinds.{kind}") if kind in KINDS else kind


def findings(w: Words, found: Sequence[Finding]) -> list[str]:
    """What was found, a sentence each."""
    return [w(f"audit.findings.{one.kind}", number=str(one.number), line=str(one.line)) for one in found]


def sentence(w: Words, entry: Entry) -> str:
    """What an entry says; a thing it does not say is a dash."""
    if entry.kind not in KINDS:
        return kind_of(w, str(entry.kind))
    said = {name: entry.about.get(name) for name in _NAMES}
    return w(f"audit.told.{entry.kind}", **{name: _value(w, name, value) for name, value in said.items()})


def table(w: Words, shown: Iterable[Entry], secrets: Secrets) -> Table:
    """A row for each entry: number, time, account, what happened, and whether it is sealed."""
    head = tuple(w(f"audit.head_{name}") for name in ("number", "at", "account", "event", "hash"))
    return Table(w("audit.caption"), head, tuple(_row(w, entry, secrets) for entry in shown))


def _row(w: Words, entry: Entry, secrets: Secrets) -> tuple[str, ...]:
    day, _, hour = str(entry.at).partition("T")
    at = f"{day} {hour[:8]}".replace("-", "\N{NON-BREAKING HYPHEN}")
    sealed = w("audit.sealed") if secrets.seals(entry) else w("audit.unsealed")
    return (str(entry.number), at, str(entry.account), sentence(w, entry), sealed)


def _value(w: Words, name: str, value: object) -> str | int | None:
    """Numbers as numbers, codes in words where there are any, long ones cut; nothing of another shape."""
    if name in NUMBERS:
        return value if isinstance(value, int) else None
    if not isinstance(value, str):
        return None
    try:
        return w(f"audit.words.{name}.{value}")
    except KeyError:
        return value[:40]
