"""Judges the lines of a roster: runs the steps of `etl/sql/load` in their order."""

from __future__ import annotations

from datetime import date

import duckdb

from errors import ContractError
from etl.loading.keeping import columns_of_rules, fields_of_rules
from etl.loading.session import SIMULATED_BIRTH_SHIFT_YEARS, Session, read_sql
from etl.reading.headers import spellings_of
from etl.reading.table import Understood, scan

LARGE_BYTES = 16_000_000
"""A file of more bytes has its texts collected first: a scan more, and a tenth of the memory."""
MOST_AGENCIES = 50
NAMES_SHARE = 0.8
"""Above this many different agencies, so many for each person is a column of names of people."""


def read_rows(con: duckdb.DuckDBPyConnection, understood: Understood) -> None:
    """Fills `roster`, one row per line of the file; cells of a large file get types of their own first."""
    content = understood.content
    large = content.path is not None and content.state[0] > LARGE_BYTES
    numbered = con.execute(
        "SELECT 1 FROM duckdb_types() WHERE type_name = 'agency_cell' AND logical_type = 'ENUM'"
    )
    was_large = bool(numbered.fetchall())
    if large:
        scan(con, understood, read_sql("roster_types"))
    elif was_large:
        con.execute(read_sql("roster_plain"))
    scan(con, understood, read_sql("roster"))


def judge(session: Session, as_of: date, other_governments: list[str]) -> dict[str, int]:
    """Fills `odd`, `refused`, `repeated`, `persons` and `warned` from `roster`; returns the counts of the card."""
    con = session.con
    con.execute(read_sql("roster_meanings"))
    con.execute(read_sql("roster_births"), {"as_of": as_of})
    con.execute(read_sql("roster_odd"), {"nip_names": list(spellings_of("roster", "nip"))})
    con.execute(read_sql("roster_refused"), {"as_of": as_of, "other_governments": other_governments})
    con.execute(read_sql("roster_repeated"))
    con.execute(read_sql("roster_persons"), {"as_of": as_of, "shift": SIMULATED_BIRTH_SHIFT_YEARS})
    forgotten = _forget(session)
    con.execute(read_sql("roster_warned"))
    found = dict.fromkeys(("pns_active", "pppk_active", "simulated"), 0) | dict(
        con.execute(read_sql("roster_counts")).fetchall()
    )
    return found | _subtract(found, forgotten)


def _forget(session: Session) -> dict[str, int]:
    """Takes out of `persons` whoever has been forgotten at their wish; returns how many rows and active persons."""
    taken = {"rows": 0, "pns_forgotten": 0, "pppk_forgotten": 0}
    listed = session.vault.file("forgotten", "persons.parquet") if session.vault else None
    if listed is None or not listed.exists():
        return taken
    session.con.execute(read_sql("roster_forgotten"), {"forgotten": str(listed)})
    counted = session.con.execute(
        """SELECT count(*), count(*) FILTER (is_active AND employment_type = 'PNS'),
        count(*) FILTER (is_active AND employment_type = 'PPPK') FROM persons WHERE number IN (SELECT number FROM forgotten)"""
    ).fetchall()[0]
    session.con.execute("DELETE FROM persons WHERE number IN (SELECT number FROM forgotten)")
    return dict(zip(taken, counted, strict=True))


def _subtract(found: dict[str, int], forgotten: dict[str, int]) -> dict[str, int]:
    rows = forgotten["rows"]
    skipped = {"skipped forgotten": rows} if rows else {}
    return {
        "rows_skipped": found["rows_skipped"] + rows,
        "pns_forgotten": forgotten["pns_forgotten"],
        "pppk_forgotten": forgotten["pppk_forgotten"],
        **skipped,
    }


def refuse_agencies(con: duckdb.DuckDBPyConnection, where: str) -> None:
    """A column that differs from person to person holds names or numbers of people, not agencies: it is not published."""
    agencies, persons = con.execute("SELECT count(DISTINCT agency), count(*) FROM persons").fetchall()[0]
    if agencies > MOST_AGENCIES and agencies > persons * NAMES_SHARE:
        raise ContractError(
            f"Kolom perangkat daerah berisi {agencies} isi berbeda untuk {persons} orang: itu bukan nama perangkat daerah. "
            "/ The column of agencies differs from person to person.",
            where,
            'Sebutkan kolom yang benar dengan --map "Kolom=agency".',
        )


def list_faults(con: duckdb.DuckDBPyConnection, names: dict[str, str]) -> None:
    """Fills `rejections` and `warnings`, with the number of the row in the file."""
    for table, step in (("refused", "roster_rejections"), ("warned", "roster_warnings")):
        rules = [row[0] for row in con.execute(f"SELECT DISTINCT rule FROM {table}").fetchall()]
        if not rules:
            con.execute(f"CREATE OR REPLACE TEMP TABLE {step.removeprefix('roster_')} AS FROM no_faults")
            continue
        con.execute(
            read_sql(step),
            {"columns": columns_of_rules(rules, names), "fields": fields_of_rules(rules)},
        )
