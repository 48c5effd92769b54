"""A correction in words."""

from __future__ import annotations

from collections.abc import Iterable

from language import Words
from metrics.definition import definitions
from ui import results
from ui.showing.tables import Table
from warehouse.corrections import Correction


def span(w: Words, one: Correction) -> str:
    """Since when it was wrong and until when, who found it, and when that was published."""
    until = (
        w("corrections.still", since=one.wrong_since)
        if one.corrected_on is None
        else w("corrections.until", since=one.wrong_since, until=one.corrected_on)
    )
    found = w(f"corrections.raised_by.{one.raised_by}")
    return " ".join(
        [w(f"corrections.kinds.{one.kind}"), until, w("corrections.found", by=found, day=one.published_on)]
    )


def touched(w: Words, one: Correction) -> Table:
    """What it touches, a row for each kind of thing; a kind that is not named means all."""
    everything = w("corrections.all")
    rows = {
        "figures": _listed(w, _figures(w, one.figures)) or everything,
        "tables": _listed(w, one.tables) or everything,
        "regions": _listed(
            w, _names({code: row.name for code, row in results.regions().items()}, one.regions)
        )
        or everything,
        "elections": _listed(w, _names(results.elections(w), one.elections)) or everything,
        "builds": _listed(w, one.builds) or w(f"corrections.by_{'receipt' if one.receipts else 'day'}"),
        "last_build": one.last_build or "–",
        "receipts": _listed(w, one.receipts) or w("corrections.by_build"),
    }
    head = (w("corrections.what"), w("corrections.which"))
    return Table(
        w("corrections.touches"),
        head,
        tuple((w(f"corrections.scopes.{name}"), text) for name, text in rows.items()),
    )


def _figures(w: Words, codes: Iterable[str]) -> list[str]:
    known = definitions()
    return [known[code].title.of(w.lang) if code in known else code for code in codes]


def _names(known: dict[str, str], codes: Iterable[str]) -> list[str]:
    return [known.get(code, code) for code in codes]


def _listed(w: Words, names: Iterable[str]) -> str:
    found = sorted(names)
    return w.listed(found) if found else ""
