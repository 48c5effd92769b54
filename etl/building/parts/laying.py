"""Lays out what the parts that are made anew are made from, and no more."""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb

from etl.agencies.laying import lay_out_agencies
from etl.building.dictionary import read_dictionary
from etl.building.parts.division import (
    BY_SOURCE,
    CASES,
    FACTS,
    GOVERNMENT,
    RECEIPT,
    SOURCE,
    SOURCES,
    SQL,
    step_of,
)
from etl.building.parts.fingerprints import fingerprint_of_cases, fingerprints, has_cases
from etl.building.parts.ledger import Ledger
from etl.building.parts.plan import Plan, plan_of
from etl.building.reconciling import reconcile
from etl.building.staging import lay_out_facts, lay_out_messages, lay_out_registers, lay_out_views, open_rooms
from etl.cards.card import Card
from etl.correcting.laying import lay_out_corrections
from etl.vault.store import open_vault
from settings import Settings

STEPS_OF_ALL = ("build", "staging", "checks")
AGENCIES_IN_CASES = """SELECT government_code, agency_name, source_id, coalesce(occurred_on, reported_on, registered_on), count(*)
FROM staging.case_person WHERE agency_name IS NOT NULL GROUP BY ALL ORDER BY ALL"""


def lay_out(
    con: duckdb.DuckDBPyConnection, settings: Settings, cards: list[Card], known: tuple[str, Ledger | None]
) -> Plan:
    """Fills the schemas reference, published and staging in the working memory of `con`; returns what to make of them.

    `known` is the hash of all inputs, and the ledger of the warehouse that parts can be taken over from.
    """
    inputs, ledger = known
    people = open_vault(settings).people if cards else settings.vault
    open_rooms(con, cards)
    lay_out_registers(con, people, cards if has_cases(cards) else [])
    if has_cases(cards):
        reconcile(con)
    in_cases = _agencies_in_cases(con) if has_cases(cards) else {}
    wanted = fingerprints(settings, cards, people, (fingerprint_of_cases(cards, inputs), in_cases))
    plan = plan_of(wanted, ledger)
    if not has_cases(cards):
        _lay_out_no_case(con, plan)
    lay_out_facts(con, settings, _steps(plan))
    if plan.makes(FACTS):
        lay_out_corrections(con, settings)
    _lay_out_headcounts(con, settings, (people, cards), plan)
    _lay_out_rows(con, people, cards, plan)
    return plan


def _agencies_in_cases(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """By government a hash of the names of agencies in cases, which are agencies of that government like those of rosters."""
    found: dict[str, hashlib._Hash] = {}
    for government, *name in con.execute(AGENCIES_IN_CASES).fetchall():
        found.setdefault(government, hashlib.sha256()).update(repr(name).encode())
    return {government: digest.hexdigest() for government, digest in found.items()}


def _lay_out_no_case(con: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Without a register the steps of reconciling are taken only where the empty tables of cases have yet to be made."""
    if plan.makes(CASES):
        reconcile(con)
    else:
        shape = (SQL / "build" / "empty_cases.sql").read_text("utf-8")
        con.execute(f"CREATE VIEW staging.case_person AS {shape}")


def _lay_out_headcounts(
    con: duckdb.DuckDBPyConnection, settings: Settings, loaded: tuple[Path, list[Card]], plan: Plan
) -> None:
    """Names of agencies, of every government where a case may name any of them; headcounts of those that are made anew."""
    people, cards = loaded
    governments = plan.values_anew(GOVERNMENT)
    counted = [card for card in cards if card.government_code in governments]
    lay_out_views(con, people, cards if has_cases(cards) else counted, ("workforce",))
    lay_out_agencies(con, settings, governments)
    if has_cases(cards):
        con.execute("DROP VIEW staging.workforce")
        lay_out_views(con, people, counted, ("workforce",))


def _lay_out_rows(con: duckdb.DuckDBPyConnection, people: Path, cards: list[Card], plan: Plan) -> None:
    """Refused rows and warnings of the sources that are made anew, the words for them, and the activities of all lists."""
    sources = set(plan.values_anew(SOURCE))
    lay_out_views(
        con, people, [card for card in cards if card.source_id in sources], ("rejection", "warning")
    )
    if plan.makes(SOURCES):
        lay_out_views(con, people, cards, ("prevention",))
    if any(map(plan.touches, BY_SOURCE)):
        lay_out_messages(con)


def _steps(plan: Plan) -> str:
    """The text of all steps that this build may take."""
    tables = [name for name in read_dictionary() if name != RECEIPT and plan.touches(name)]
    shared = [
        path.read_text("utf-8") for folder in STEPS_OF_ALL for path in sorted((SQL / folder).glob("*.sql"))
    ]
    return "\n".join([*shared, *map(step_of, tables)])
