"""The people of a roster: each once, with the used columns; written as pseudonyms, counted as headcount."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from etl.judging.texts import Texts
from etl.vault.pseudonyms import pseudonym

COUNTED = (
    "employment_type", "agency_name", "position_class", "rank_group", "gender", "age_band", "is_active", "is_simulated",
)  # fmt: skip
WRITTEN = (
    "person", "employment_type", "agency_name", "position_class", "rank_group", "gender", "age_band", "is_active",
    "home_government", "work_government", "is_simulated",
)  # fmt: skip
GOVERNMENTS = ("home_government", "work_government")


@dataclass(frozen=True)
class People:
    """A row for each person: `number`, the closed lists, `is_active`, `is_simulated`, `agency_name`, and the two governments."""

    rows: pl.DataFrame

    @property
    def agencies(self) -> list[str]:
        """The different names of agencies."""
        return self.rows["agency_name"].unique().cast(pl.String).sort().to_list()

    def active(self) -> dict[str, int]:
        """How many are active, by kind of employment."""
        counted = self.rows.lazy().filter("is_active").group_by("employment_type").len().collect()
        return dict(counted.select(pl.col("employment_type").cast(pl.String), "len").iter_rows())

    def without(self, numbers: Sequence[int] | pl.Series) -> People:
        """The others."""
        gone = pl.Series(numbers, dtype=pl.Int64)
        return People(self.rows.filter(~pl.col("number").is_in(gone.implode()))) if len(gone) else self

    def among(self, persons: pl.Series, keys: tuple[bytes, ...]) -> People:
        """Those whose pseudonym is one of `persons` (binary)."""
        known = self.rows.lazy().filter(pseudonym(pl.col("number"), keys).is_in(persons.implode()))
        return People(known.collect(engine="streaming"))

    def headcount(self) -> pl.DataFrame:
        """How many there are by COUNTED, all of them, active or not; in one pass over one number that packs the columns."""
        schema = self.rows.schema
        sizes = {
            name: len(dtype.categories) if isinstance(dtype := schema[name], pl.Enum) else 2
            for name in COUNTED
        }
        packed = pl.lit(0, pl.Int64)
        for name, size in sizes.items():
            packed = packed * size + pl.col(name).to_physical().cast(pl.Int64)
        counted = (
            self.rows.lazy().group_by(packed=packed).agg(headcount=pl.len().cast(pl.Int64)).sort("packed")
        )
        rest, columns = pl.col("packed"), {}
        for name, size in reversed(sizes.items()):
            code = (rest % size).cast(pl.UInt32)
            columns[name] = code == 1 if schema[name] == pl.Boolean else code.cat.to(schema[name])
            rest = rest // size
        found = counted.select(**columns, headcount="headcount").collect(engine="streaming")
        return found.select(*COUNTED, "headcount")

    def write(self, target: Path, keys: tuple[bytes, ...]) -> None:
        """Writes WRITTEN as Parquet into an existing file; pseudonyms do not shrink, and the rest are small numbers."""
        self.written(keys).sink_parquet(target, compression="uncompressed", statistics=False)

    def written(self, keys: tuple[bytes, ...]) -> pl.LazyFrame:
        """What is written of the people: WRITTEN."""
        return self.rows.lazy().with_columns(person=pseudonym(pl.col("number"), keys)).select(WRITTEN)


def persons_of(file: Path) -> pl.Series:
    """The pseudonyms in a table of the vault."""
    return pl.read_parquet(file, columns=["person"], memory_map=False)["person"]


def people_of(accepted: pl.DataFrame, texts: Texts) -> People:
    """The people of accepted lines, with the names that their texts mean."""
    agencies = accepted["agency"].unique()
    named = {
        "agency_name": _translated(
            accepted["agency"], agencies, texts.meaning("agency", agencies)["agency_name"]
        )
    }
    for name in GOVERNMENTS:
        different = accepted[name].unique()
        named[name] = _translated(accepted[name], different, _cells(different))
    return People(accepted.drop("agency").with_columns(**named))


def _cells(texts: pl.Series) -> pl.Series:
    """Texts without their blanks; a lone dash is an empty cell."""
    plain = texts.cast(pl.String).str.strip_chars(" ")
    return plain.set(plain.is_in(["", "-", "–"]), None)


def _translated(column: pl.Series, different: pl.Series, texts: pl.Series) -> pl.Series:
    """The column with `texts` in place of its `different` values, as an Enum."""
    dtype = pl.Enum(texts.drop_nulls().unique().sort())
    meant = pl.DataFrame({"code": _codes(different), "text": texts.cast(dtype)})
    every = meant.select(
        pl.int_range(pl.col("code").max().cast(pl.Int64).fill_null(0) + 1, dtype=pl.UInt32).alias("code")
    )
    table = every.join(meant, on="code", how="left", maintain_order="left")
    return table["text"].gather(_codes(column))


def _codes(column: pl.Series) -> pl.Series:
    return (column.to_physical() + 1).fill_null(0)
