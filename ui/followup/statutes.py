"""The limits of law, told: which stages are judged, and every limit with its source."""

from __future__ import annotations

from typing import Final

from language import Words
from metrics.followup.standing import Row
from ui.showing.tables import Cell, Link, Table

_LAW: Final = ("stage", "limit", "applies", "judged", "basis", "note", "source")


def limits(w: Words, rows: tuple[Row, ...]) -> str:
    """Which stages are judged, and for which no limit was found."""
    judged = [row["stage"] for row in rows if row["judged"] == "yes"]
    missing = [row["stage"] for row in rows if row["judged"] == "not_found" and row["stage"] not in judged]
    if not rows:
        return w("followup.sentence.no_law")
    names = [
        w.listed([w(f"followup.stage.{stage}") for stage in dict.fromkeys(part)])
        for part in (judged, missing)
    ]
    return w("followup.sentence.law", judged=names[0], missing=names[1])


def table(w: Words, rows: tuple[Row, ...]) -> Table:
    """Every limit of law with its source, and the stages for which none was found."""
    head = tuple(w(f"followup.law.{name}") for name in _LAW)
    return Table(w("followup.law.title"), head, tuple(_limit(w, row) for row in rows))


def _limit(w: Words, row: Row) -> tuple[Cell, ...]:
    limit = _days(w, row["days"], row["unit"])
    shorter = _days(w, row["short_days"], row["short_unit"])
    source: Cell = Link(w("followup.law.open"), row["source_url"]) if row["source_url"] else w.number(None)
    return (
        w(f"followup.stage.{row['stage']}"),
        w("followup.law.or", short=shorter, long=limit)
        if shorter and limit
        else limit or w("followup.law.none"),
        w(f"followup.law.of.{row['election_type'] or row['regime'] or 'all'}"),
        w(f"followup.law.is.{row['judged']}"),
        row["legal_basis"] or w.number(None),
        row["note_en"] if w.lang == "en" else row["note_id"],
        source,
    )


def _days(w: Words, days: int | None, unit: str | None) -> str:
    return w(f"followup.law.unit.{unit}", n=days) if days else ""
