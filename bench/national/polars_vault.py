"""Hands over what polars found, as a load leaves it in the vault: people, headcount, refused rows, doubts, card. Then builds.

The build does not depend on who read the roster; that both warehouses hold the same is seen by their content hash.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from bench.national.work import COLUMNS, DOUBTS, PEOPLE, Task
from etl.agencies.counting import unknown_agencies
from etl.building.build import build
from etl.cards.card import Card, write_card
from etl.loading.keeping import fields_of_rules
from etl.loading.session import Session, reader_version
from etl.vault.store import whole_file, writing

FIELDS = {"kind": "position_type", "work": "work_government", "mark": "simulated"}
"""What the product calls the columns that have another name here."""
WRITTEN = {field: FIELDS.get(field, field) for field in COLUMNS}
LISTED = tuple(field for field in COLUMNS if field != "nip")
"""The cells that are kept of a refused row beside its number."""
TOLD = ("row", "nip", "gender", "employment", "agency", "work", "birth")
"""What a fault may speak of."""


@dataclass(frozen=True)
class Found:
    """What came of a roster: rows by fate, the headcount of the active and the others, skipped rows, and the checksum."""

    people: pl.DataFrame
    refused: pl.DataFrame
    heads: pl.DataFrame
    skipped: int
    sha256: str

    @property
    def doubts(self) -> dict[str, int]:
        """How many people are doubtful, by reason."""
        counted: dict[str, int] = self.people.select(pl.col(DOUBTS).sum()).row(0, named=True)
        return {name: count for name, count in counted.items() if count}

    @property
    def active(self) -> dict[str, int]:
        """Active people by employment."""
        counted = self.heads.filter("is_active").group_by("employment_type").agg(pl.col("headcount").sum())
        return dict(counted.with_columns(pl.col("employment_type").cast(pl.String)).iter_rows())


def hand_over(session: Session, task: Task, found: Found) -> str:
    """Writes headcount, faults and card beside the people, and builds; returns the content hash of the warehouse."""
    vault = session.vault
    assert vault is not None, "the bench writes"
    repeated = pl.col("rule") == "duplicate_person"
    refused, again = found.refused.filter(~repeated), found.refused.filter(repeated)
    card = _card(session, task, found, (refused.height, again.height))
    tables = {
        "workforce": found.heads,
        "rejections": _rejections(refused),
        "warnings": _warnings(found, again),
    }
    with writing(session.settings):
        for table, rows in tables.items():
            with whole_file(vault.file(table, card.vault_name)) as draft:
                rows.write_parquet(draft)
        with whole_file(vault.file("rosters", card.vault_name)) as draft:
            (task.out / PEOPLE).replace(draft)
        write_card(session.settings.sources, card)
    manifest, _ = build(session.settings)
    return manifest.content_hash


def _card(session: Session, task: Task, found: Found, set_aside: tuple[int, int]) -> Card:
    refused, again = set_aside
    agencies = found.heads["agency_name"].unique().cast(pl.String).to_list()
    loaded, active = found.people.height + again, found.active
    return Card(
        source_id=f"roster-{task.government}-{task.as_of.isoformat()}", kind="roster", government_code=task.government,
        file_name=task.path.name, sha256=found.sha256, as_of=task.as_of, form="utf-8, ','",
        columns={WRITTEN[field]: column for field, column in COLUMNS.items()}, rows_read=loaded + refused,
        rows_loaded=loaded, rows_rejected=refused, rows_skipped=found.skipped,
        warnings=found.doubts | ({"duplicate_person": again} if again else {}),
        unknown_agencies=unknown_agencies(session, task.government, task.as_of, agencies),
        pns_active=active.get("PNS", 0), pppk_active=active.get("PPPK", 0),
        is_simulated=bool(found.people["is_simulated"].any()), reader_version=reader_version(),
    )  # fmt: skip


def _rejections(refused: pl.DataFrame) -> pl.DataFrame:
    cells = [pl.col(field).cast(pl.String).fill_null("").alias(WRITTEN[field]) for field in LISTED]
    return refused.sort("row").select(*_fault(refused), "nip", *cells, home_government=pl.lit(""))


def _warnings(found: Found, again: pl.DataFrame) -> pl.DataFrame:
    """A row for every doubt, and for every line that repeats a person."""
    told = [pl.col(field).cast(pl.String) for field in TOLD[1:]]
    people = found.people.filter(pl.any_horizontal(DOUBTS)).rename({"gender": "meant", "said": "gender"})
    doubtful = [people.filter(doubt).select("row", *told, rule=pl.lit(doubt)) for doubt in DOUBTS]
    again = again.select("row", *told, pl.col("rule").cast(pl.String))
    rows = pl.concat([*doubtful, again.with_columns(pl.col("nip").str.replace_all(r"\D", ""))])
    return rows.sort("row", "rule").select(_fault(rows))


def _fault(rows: pl.DataFrame) -> list[pl.Expr]:
    """Row number, the file's column, rule and masked value of faults."""
    rules = [str(rule) for rule in rows["rule"].unique()]
    own = {name: field for field, name in WRITTEN.items()}
    fields = {rule: own[field] for rule, field in fields_of_rules(rules).items()}
    rule = pl.col("rule").cast(pl.String)
    value = pl.coalesce(
        [pl.when(rule == name).then(pl.col(field).cast(pl.String)) for name, field in fields.items()]
        or pl.lit("")
    )
    mask = value.fill_null("").str.slice(0, 40).str.replace_all(r"\d", "9").str.replace_all("[A-Za-z]", "x")
    column = rule.replace_strict(
        {name: COLUMNS[field] for name, field in fields.items()}, default=None, return_dtype=pl.String
    )
    return [
        pl.col("row").cast(pl.Int64).alias("row_number"),
        column.alias("column_name"),
        rule.alias("rule"),
        mask.alias("masked_value"),
    ]
