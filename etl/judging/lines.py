"""Judges lines batch by batch: people, lines that break a rule, doubtful lines, and lines without a number of 18 digits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from etl.judging import numbers as says
from etl.judging.scales import CELLS, DOUBTS, GENDER, POSITION_CLASS
from etl.judging.texts import Texts

KEPT = (
    "place", "number", "employment_type", "agency", "position_class", "rank_group", "gender", "age_band", "is_active",
    "is_simulated", "home_government", "work_government",
)  # fmt: skip
"""What is kept of an accepted line until the people are written; 34 bytes a person."""


@dataclass(frozen=True)
class Judged:
    """What became of the lines of a file or of a part of it. `place` counts its lines from 0.

    `accepted`: KEPT. `broken`: place, number, the cells, and the rule. `doubtful` (accepted all the same): place, number, the
    cells, and a boolean for each of DOUBTS. `unread`: place, nip, first_cell, the cells. `named`: lines by written government.
    """

    accepted: pl.DataFrame
    broken: pl.DataFrame
    doubtful: pl.DataFrame
    unread: pl.DataFrame
    named: Counter[str]
    lines: int
    last_number: int
    """The place of the last line with a number; -1 where there is none."""
    is_counted: bool = False
    """Whether the lines were counted apart from being read, and each was a row."""

    def and_those(self, mended: Judged, places: pl.DataFrame) -> Judged:
        """With lines of `unread`, at `places`, that were judged after all."""
        rest = replace(self, unread=self.unread.join(places, on="place", how="anti", maintain_order="left"))
        return replace(join_judged([rest, mended]), lines=self.lines, is_counted=self.is_counted)


def join_judged(parts: Iterable[Judged]) -> Judged:
    """One for all parts."""
    found = list(parts)

    def joined(name: str) -> pl.DataFrame:
        frames: list[pl.DataFrame] = [getattr(part, name) for part in found]
        return pl.concat(frames)

    return Judged(
        joined("accepted"),
        joined("broken"),
        joined("doubtful"),
        joined("unread"),
        sum((part.named for part in found), Counter()),
        sum(part.lines for part in found),
        max(part.last_number for part in found),
    )


def judge(batch: pl.DataFrame, texts: Texts, as_of: date) -> Judged:
    """Judges the lines of `batch`: place, nip, first_cell and a Categorical of `texts.dtypes` for each of CELLS."""
    number = pl.col("nip").cast(pl.Int64, strict=False)
    is_whole = (pl.col("nip").str.len_bytes() == 18) & number.is_between(says.FIRST, says.LAST)
    read = batch.with_columns(
        number=pl.when(is_whole).then(number),
    )
    unread = read.filter(pl.col("number").is_null()).drop("number")
    numbered = read.drop("nip", "first_cell")
    if unread.height:
        numbered = numbered.filter(pl.col("number").is_not_null())
    judged = judge_numbered(numbered, texts, as_of)
    named = _named(batch, texts)
    return Judged(*judged, unread, named, batch.height, _last(numbered))


def judge_again(mended: pl.DataFrame, texts: Texts, as_of: date) -> Judged:
    """Judges lines of `unread` whose number could be read after all, given as `number`."""
    judged = judge_numbered(mended.drop("nip", "first_cell"), texts, as_of)
    none = mended.drop("number").clear()
    return Judged(*judged, none, Counter(), mended.height, _last(mended))


def _last(numbered: pl.DataFrame) -> int:
    return int(numbered.select("place").max().item()) if numbered.height else -1


def _named(batch: pl.DataFrame, texts: Texts) -> Counter[str]:
    """How many lines hold each text in the column of the government at work; nothing where the column is empty."""
    counted = batch["work_government"].drop_nulls().value_counts()
    texts.meaning("work_government", batch["work_government"])
    return Counter(dict(counted.select(pl.col("work_government").cast(pl.String), "count").iter_rows()))


def judge_numbered(
    lines: pl.DataFrame, texts: Texts, as_of: date
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Accepted, broken and doubtful lines of those with a number."""
    meanings = [texts.meaning("agency", lines["agency"], "is_named", "is_person")]
    meanings += [
        texts.meaning(field, lines[field])
        for field in ("employment", "rank", "gender", "birth", "standing", "simulated", "work_government", "position_type", "position")
    ]  # fmt: skip
    told = pl.concat([lines.lazy(), *(meaning.lazy() for meaning in meanings)], how="horizontal")
    judged = (
        told.with_columns(**says.parts())
        .with_columns(rule=says.broken_rule(as_of))
        .with_columns(
            employment_type=says.employment(),
            rank_group=pl.when(says.is_pns()).then("pns_group").otherwise("pppk_group"),
            age_band=says.age_band(as_of),
            position_class=_position_class(),
            gender_cell=pl.col("gender"),
            gender=_gender(),
            **_doubts(),
        )
        .collect()
    )
    cells = [pl.col(field) for field in CELLS if field != "gender"]
    shown: list[str | pl.Expr] = ["place", "number", *cells, pl.col("gender_cell").alias("gender")]
    is_accepted = judged["rule"].is_null()
    kept, broken = judged.select(KEPT), judged.select(*shown, "rule").clear()
    if not is_accepted.all():
        kept, broken = kept.filter(is_accepted), judged.filter(~is_accepted).select(*shown, "rule")
    is_doubtful = judged.select(pl.any_horizontal(DOUBTS)).to_series() & is_accepted
    return kept, broken, judged.filter(is_doubtful).select(*shown, *DOUBTS)


def _gender() -> pl.Expr:
    """The gender that the column states, else the one of the number."""
    stated = pl.col("stated_gender")
    return pl.when(stated != pl.lit("unknown", GENDER)).then(stated).otherwise(says.gender())


def _position_class() -> pl.Expr:
    """The class that the type of the position says, else its name, as position_class_of of macros.sql has it."""
    by_rank = pl.when(pl.col("is_structural") & pl.col("is_titled")).then(pl.lit("pengawas", POSITION_CLASS))
    return pl.coalesce("class_of_type", "class_of_title", by_rank, pl.lit("unknown", POSITION_CLASS))


def _doubts() -> dict[str, pl.Expr]:
    stated, employed = pl.col("stated_gender"), pl.col("stated_employment").to_physical()
    written = pl.col("written_day")
    doubts = (
        employed != says.employment().to_physical(),
        (stated != pl.lit("unknown", GENDER)) & (stated != says.gender()),
        (written != 0) & (written != says.DAY),
        written == 0,
        pl.col("is_person"),
    )
    return {name: doubt.fill_null(value=False) for name, doubt in zip(DOUBTS, doubts, strict=True)}
