"""Lays out for a build which name is which agency, and what is still to be decided."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta
from itertools import groupby
from pathlib import Path
from typing import TypeAlias

import duckdb

from etl.agencies.decisions import read_decisions
from etl.agencies.review import Question, Seen, published_names, questions
from etl.agencies.settling import Settled, settle
from etl.building.staging import lay_out_rows
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
Row: TypeAlias = dict[str, object]
NOTHING_DECIDED = Settled({}, {}, {})


def settled_cards(settings: Settings) -> dict[str, Settled]:
    """The decisions of every government that has a card; a wrong card is a DefinitionError."""
    return {code: settle(card, code) for code, card in read_decisions(settings.agencies).items()}


def lay_out_agencies(
    con: duckdb.DuckDBPyConnection, settings: Settings, reviewed: Collection[str] | None = None
) -> None:
    """Makes staging.agency_seen, agency_name, agency_link and agency_review from the vault's names and the cards.

    Comparing names is slow: where `reviewed` is given, agency_review holds the names of these governments only.
    """
    settled = settled_cards(settings)
    lay_out_names(con)
    lay_out_rows(con, "staging.agency_period", PERIODS, _periods(settled))
    lay_out_rows(con, "staging.agency_link", LINKS, _links(settled))
    con.execute((SQL / "build" / "agency_name.sql").read_text("utf-8"))
    seen = [one for one in names_seen(con) if reviewed is None or one.government in reviewed]
    asked = open_questions(seen, published_names(settings.published), settled)
    lay_out_rows(con, "staging.agency_review", REVIEW, [_review_row(one) for one in asked])


def lay_out_names(con: duckdb.DuckDBPyConnection) -> None:
    """Makes staging.agency_seen, the names in rosters and reconciled cases, and the macros that judge them."""
    con.execute((SQL / "load" / "agency_macros.sql").read_text("utf-8"))
    con.execute((SQL / "build" / "agency_seen.sql").read_text("utf-8"))


def names_seen(con: duckdb.DuckDBPyConnection) -> list[Seen]:
    """The names of staging.agency_seen that may be shown."""
    query = """SELECT government_code, written, source_id, CASE WHEN kind = 'roster' THEN max(seen_on) END, sum(persons)::BIGINT
    FROM staging.agency_seen WHERE NOT is_no_agency(written) GROUP BY government_code, written, source_id, kind ORDER BY ALL"""
    return [Seen(*row) for row in con.execute(query).fetchall()]


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


def _periods(settled: Mapping[str, Settled]) -> list[Row]:
    """Only names that mean something other than themselves at some time."""
    return [
        dict(
            zip(PERIODS, (government, name, period.official, period.valid_from, period.valid_to), strict=True)
        )
        for government, card in settled.items()
        for key, name in card.mentioned.items()
        if key in card.spelled or key in card.links
        for period in card.periods(name)
    ]


def _links(settled: Mapping[str, Settled]) -> list[Row]:
    return [
        dict(zip(LINKS, (government, link.former, link.to, card.lineage(link.former), until), strict=True))
        for government, card in settled.items()
        for link in card.links.values()
        for until in (link.on - timedelta(days=1),)
    ]


def _review_row(question: Question) -> Row:
    nearest = question.proposals[0] if question.proposals else None
    cells = (
        question.government, question.source_id, question.name, "unknown" if question.is_unknown else "near",
        nearest and nearest.name, question.persons, nearest and nearest.score,
    )  # fmt: skip
    return dict(zip(REVIEW, cells, strict=True))
