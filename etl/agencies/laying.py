"""Lays out for a build which name is which agency, and what is still to be decided."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta
from itertools import groupby
from pathlib import Path
from typing import TypeAlias

import duckdb

from etl.agencies.decisions import read_decisions
from etl.agencies.review import Question, Seen, published_names, questions
from etl.agencies.settling import Settled, settle
from etl.vault.store import whole_file
from settings import Settings

SQL = Path(__file__).resolve().parents[1] / "sql"
PERIODS = {
    "government_code": "VARCHAR", "written": "VARCHAR", "official": "VARCHAR", "valid_from": "DATE", "valid_to": "DATE",
}  # fmt: skip
LINKS = {
    "government_code": "VARCHAR", "former": "VARCHAR", "successor": "VARCHAR", "lineage": "VARCHAR", "valid_until": "DATE",
}  # fmt: skip
REVIEW = {
    "government_code": "VARCHAR", "source_id": "VARCHAR", "agency_name": "VARCHAR", "reason": "VARCHAR", "nearest_name": "VARCHAR",
    "persons": "BIGINT", "score": "BIGINT",
}  # fmt: skip
REMEMBERED = "agency_review.json"
Row: TypeAlias = tuple[object, ...]
NOTHING_DECIDED = Settled({}, {}, {})


def settled_cards(settings: Settings) -> dict[str, Settled]:
    """The decisions of every government that has a card; a wrong card is a DefinitionError."""
    return {code: settle(card, code) for code, card in read_decisions(settings.agencies).items()}


def lay_out_agencies(con: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Makes staging.agency_seen, agency_name, agency_link and agency_review from the vault's names and the cards."""
    settled = settled_cards(settings)
    lay_out_names(con)
    _register(con, "agency_period", PERIODS, _periods(settled))
    _register(con, "agency_link", LINKS, _links(settled))
    con.execute((SQL / "build" / "agency_name.sql").read_text("utf-8"))
    _register(con, "agency_review", REVIEW, _review(names_seen(con), settings, settled))


def lay_out_names(con: duckdb.DuckDBPyConnection) -> None:
    """Makes staging.agency_seen, the names in rosters and reconciled cases, and the macros that judge them."""
    con.execute((SQL / "load" / "agency_macros.sql").read_text("utf-8"))
    con.execute((SQL / "build" / "agency_seen.sql").read_text("utf-8"))


def names_seen(con: duckdb.DuckDBPyConnection) -> list[Seen]:
    """The names of staging.agency_seen that may be shown."""
    query = """SELECT government_code, written, source_id, CASE WHEN kind = 'roster' THEN max(seen_on) END, sum(persons)::BIGINT
    FROM staging.agency_seen WHERE NOT is_no_agency(written) GROUP BY government_code, written, source_id, kind ORDER BY ALL"""
    return [Seen(*row) for row in con.execute(query).fetchall()]


def _review(seen: list[Seen], settings: Settings, settled: Mapping[str, Settled]) -> list[Row]:
    """The rows of the review. Comparing names is slow, so a government of which nothing has changed is not compared again.

    What was found is kept in the folder of builds, under the hash of what it was found from; without it all is found anew.
    """
    kept = settings.build / REMEMBERED
    try:
        before = json.loads(kept.read_text("utf-8"))
    except (OSError, ValueError):
        before = {}
    published, code = published_names(settings.published), _code_hash()
    now: dict[str, list[Row]] = {}
    for government, names in groupby(
        sorted(seen, key=lambda one: one.government), key=lambda one: one.government
    ):
        listed = list(names)
        facts = (code, listed, published.get(government), settled.get(government))
        key = hashlib.sha256(repr(facts).encode()).hexdigest()
        if key in before:
            now[key] = before[key]
        else:
            now[key] = [_review_row(one) for one in open_questions(listed, published, settled)]
    with whole_file(kept, 0o644) as draft:
        draft.write_text(json.dumps(now, ensure_ascii=False), encoding="utf-8")
    return [row for rows in now.values() for row in rows]


def _code_hash() -> str:
    """Of everything that decides how names are compared."""
    files = sorted(path for path in Path(__file__).parent.iterdir() if path.is_file())
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def open_questions(
    seen: list[Seen], published: Mapping[str, tuple[str, ...]], settled: Mapping[str, Settled]
) -> list[Question]:
    """The undecided names of all governments, by government."""
    found = []
    by_government = sorted(seen, key=lambda one: one.government)
    for government, names in groupby(by_government, key=lambda one: one.government):
        decided = settled.get(government, NOTHING_DECIDED)
        found += questions(list(names), published.get(government, ()), decided)
    return found


def _register(con: duckdb.DuckDBPyConnection, name: str, shape: dict[str, str], rows: list[Row]) -> None:
    con.execute(
        f"CREATE TABLE staging.{name} AS SELECT line.* FROM (SELECT unnest(from_json($rows, $shape)) AS line)",
        {
            "rows": json.dumps([dict(zip(shape, row, strict=True)) for row in rows], default=str),
            "shape": json.dumps([shape]),
        },
    )


def _periods(settled: Mapping[str, Settled]) -> list[Row]:
    """Only names that mean something other than themselves at some time."""
    return [
        (government, name, period.official, period.valid_from, period.valid_to)
        for government, card in settled.items()
        for key, name in card.mentioned.items()
        if key in card.spelled or key in card.links
        for period in card.periods(name)
    ]


def _links(settled: Mapping[str, Settled]) -> list[Row]:
    return [
        (
            government,
            link.former,
            link.to,
            card.lineage(link.former),
            link.on - timedelta(days=1),
        )
        for government, card in settled.items()
        for link in card.links.values()
    ]


def _review_row(question: Question) -> Row:
    nearest = question.proposals[0] if question.proposals else None
    return (
        question.government, question.source_id, question.name, "unknown" if question.is_unknown else "near",
        nearest and nearest.name, question.persons, nearest and nearest.score,
    )  # fmt: skip
