"""Lays the corrections out as two tables among the published facts: the entries, and what each of them touches."""

from __future__ import annotations

import duckdb

from etl.building.staging import lay_out_rows
from etl.correcting.listing import SCOPES, Correction, read_corrections
from settings import Settings

PLAIN = {
    "published_on": "DATE",
    "wrong_since": "DATE",
    "corrected_on": "DATE",
    "last_build": "VARCHAR",
    "kind": "VARCHAR",
    "raised_by": "VARCHAR",
}
TEXTS = [(part, lang) for part in ("title", "was", "now") for lang in ("id", "en")]
SHAPE = {"correction_id": "VARCHAR", **PLAIN, **{f"{part}_{lang}": "VARCHAR" for part, lang in TEXTS}}
SCOPE_SHAPE = {"correction_id": "VARCHAR", "scope": "VARCHAR", "code": "VARCHAR"}


def lay_out_corrections(con: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Fills `published.corrections` and `published.correction_scopes`; both are empty where nothing was corrected yet."""
    found = read_corrections(settings)
    scopes = [
        {"correction_id": one.id, "scope": name.removesuffix("s"), "code": code}
        for one in found
        for name in SCOPES
        for code in getattr(one, name)
    ]
    lay_out_rows(con, "published.corrections", SHAPE, [_row(one) for one in found])
    lay_out_rows(con, "published.correction_scopes", SCOPE_SHAPE, scopes)


def _row(one: Correction) -> dict[str, object]:
    said = one.model_dump(mode="json")
    texts = {f"{part}_{lang}": said[part][lang] for part, lang in TEXTS}
    return {"correction_id": one.id, **{name: said[name] for name in PLAIN}, **texts}
