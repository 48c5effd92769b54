"""From judged lines to what is kept: people once each, refused and doubtful lines as tables, and the counts of the card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import polars as pl

from etl.judging.lines import Judged
from etl.judging.people import People, people_of, persons_of
from etl.judging.scales import CELLS, DOUBTS
from etl.judging.texts import Texts
from etl.loading.keeping import columns_of_rules, fields_of_rules
from etl.loading.session import Session, read_sql
from etl.reading.headers import spellings_of

SHOWN_OF_DOUBT = ("employment", "gender", "birth", "agency")


@dataclass(frozen=True)
class Verdict:
    """The people of a file, each once, and the numbers of its card by name."""

    people: People
    found: Mapping[str, int]


def decide(session: Session, judged: Judged, texts: Texts) -> Verdict:
    """Sets aside lines that are nobody, refused and repeated lines, and whoever has been forgotten at their wish.

    Fills the tables `odd` (place, kind), `refused` (place, rule, the cells) and `warned` (place, rule, some cells).
    """
    con = session.con
    _set_aside(con, judged)
    accepted, repeated = _once(judged.accepted)
    _warn(con, judged.doubtful, repeated)
    people, forgotten = _forget(session, people_of(accepted, texts))
    odd = _counted(con, "SELECT 'skipped ' || kind, count(*) FROM odd GROUP BY 1")
    active = people.active()
    found = {
        "rows_in_file": judged.lines,
        "rows_skipped": sum(odd.values()) + forgotten["rows"],
        "rows_rejected": _counted(con, "SELECT 'refused', count(*) FROM refused")["refused"],
        "pns_active": active.get("PNS", 0),
        "pppk_active": active.get("PPPK", 0),
        "simulated": int(people.rows["is_simulated"].sum()),
        "pns_forgotten": forgotten["PNS"],
        "pppk_forgotten": forgotten["PPPK"],
    }
    found |= odd | _counted(con, "SELECT 'warning ' || rule, count(*) FROM warned GROUP BY 1")
    if forgotten["rows"]:
        found["skipped forgotten"] = forgotten["rows"]
    return Verdict(people, found)


def _counted(con: duckdb.DuckDBPyConnection, query: str) -> dict[str, int]:
    return dict(con.execute(query).fetchall())


def _set_aside(con: duckdb.DuckDBPyConnection, judged: Judged) -> None:
    """Fills `odd` and `refused`."""
    _register(con, "unread_lines", judged.unread)
    _register(con, "broken_lines", judged.broken.with_columns(pl.col("rule").cast(pl.String)))
    values = {"nip_names": list(spellings_of("roster", "nip")), "last_place": judged.last_number}
    con.execute(read_sql("roster_odd"), values)
    con.execute(read_sql("roster_refused"))
    for name in ("unread_lines", "broken_lines"):
        con.unregister(name)


def _register(con: duckdb.DuckDBPyConnection, name: str, lines: pl.DataFrame) -> None:
    """The lines as a relation of DuckDB, their cells as text."""
    texts = [pl.col(field).cast(pl.String) for field in CELLS if field in lines.columns]
    con.register(name, lines.with_columns(texts).to_arrow())


def _once(accepted: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The first line of every number, and the further ones (place, number)."""
    ordered = accepted["number"].sort()
    again = ordered.filter(ordered == ordered.shift(1)).unique()
    if not len(again):
        return accepted, accepted.select("place", "number").clear()
    several = accepted.select("place", "number").filter(pl.col("number").is_in(again.implode()))
    further = several.filter(pl.col("place") > pl.col("place").min().over("number"))
    return accepted.filter(~pl.col("place").is_in(further["place"].implode())), further


def _warn(con: duckdb.DuckDBPyConnection, doubtful: pl.DataFrame, repeated: pl.DataFrame) -> None:
    """Fills `warned`: a line per doubt, and the lines that repeat a person."""
    once = doubtful.filter(~pl.col("place").is_in(repeated["place"].implode()))
    _register(con, "doubtful_lines", once.select("place", "number", *SHOWN_OF_DOUBT, *DOUBTS))
    con.register("repeated_lines", repeated.to_arrow())
    con.execute(read_sql("roster_warned"))
    for name in ("doubtful_lines", "repeated_lines"):
        con.unregister(name)


def _forget(session: Session, people: People) -> tuple[People, dict[str, int]]:
    """The people without those who have been forgotten at their wish; how many lines and active persons these are."""
    listed = session.vault.file("forgotten", "persons.parquet") if session.vault else None
    if session.vault is None or listed is None or not listed.exists():
        return people, {"rows": 0, "PNS": 0, "PPPK": 0}
    gone = people.among(persons_of(listed), session.vault.keys)
    counts = {"rows": gone.rows.height, "PNS": 0, "PPPK": 0} | gone.active()
    return people.without(gone.rows["number"]), counts


def list_faults(con: duckdb.DuckDBPyConnection, names: dict[str, str]) -> None:
    """Fills `rejections` and `warnings`, with the number of the row in the file; `shifts` must be there."""
    for table, step in (("refused", "roster_rejections"), ("warned", "roster_warnings")):
        rules = [row[0] for row in con.execute(f"SELECT DISTINCT rule FROM {table}").fetchall()]
        if not rules:
            con.execute(f"CREATE OR REPLACE TEMP TABLE {step.removeprefix('roster_')} AS FROM no_faults")
            continue
        con.execute(
            read_sql(step),
            {"columns": columns_of_rules(rules, names), "fields": fields_of_rules(rules)},
        )
