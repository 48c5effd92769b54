"""What the texts of a column mean: every different text is asked once, whatever the number of lines that hold it."""

from __future__ import annotations

from datetime import date
from threading import Lock

import duckdb
import polars as pl

from etl.judging.scales import CELLS, GENDER, POSITION_CLASS, RANK_GROUP, STATED
from etl.loading.session import read_sql
from etl.meaning.regions import governments_named

ASKED = (
    "agency",
    "employment",
    "rank",
    "gender",
    "birth",
    "standing",
    "simulated",
    "position_type",
    "position",
)
"""The fields whose texts the step `meanings/<field>.sql` explains, each alone."""
LISTS = {
    "stated_employment": STATED, "stated_gender": GENDER, "pns_group": RANK_GROUP, "pppk_group": RANK_GROUP,
    "class_of_type": POSITION_CLASS, "class_of_title": POSITION_CLASS,
}  # fmt: skip


FEW = 256
"""So many texts of a column at once are remembered; the columns that say something of a person never are."""
_KNOWN: dict[str, dict[str, tuple[object, ...]]] = {}
_SHAPES: dict[str, pl.DataFrame] = {}


class Texts:
    """The different texts of the columns of one roster and their meanings.

    A column of a batch is a Categorical of `dtypes`; its codes are the same in every batch. Several threads may ask at once.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, government: str, as_of: date) -> None:
        self._con, self._government, self._as_of = con, government, as_of
        self._lock = Lock()
        self.dtypes = {field: pl.Categorical(pl.Categories.random()) for field in CELLS}
        self._meanings: dict[str, pl.DataFrame] = {}
        for field in (*ASKED, "work_government"):
            self._meanings[field] = _coded(self._ask(field, pl.Series([""])), pl.Series([0], dtype=pl.UInt32))

    def meaning(self, field: str, column: pl.Series, *names: str) -> pl.DataFrame:
        """What `meanings/<field>.sql` says of each cell of a column, or its columns `names`; an empty cell means what '' means."""
        codes = (column.to_physical() + 1).fill_null(0)
        table = self._meanings[field]
        # The codes are whole numbers; Polars says of the largest of a column only that it is some value of Python.
        if int(codes.max() or 0) >= table.height or not table["is_known"].gather(codes).all():  # type: ignore[arg-type]
            table = self._learn(field, column)
        return table.select(names or pl.exclude("code", "is_known"))[codes]

    def _learn(self, field: str, column: pl.Series) -> pl.DataFrame:
        """The table of meanings of a field with those of the texts of this column that it had not met."""
        with self._lock:
            table = self._meanings[field]
            different = pl.DataFrame({"text": column.unique().drop_nulls()})
            different = different.with_columns(code=pl.col("text").to_physical() + 1)
            new = different.join(table.filter("is_known"), on="code", how="anti")
            said = self._ask(field, new["text"].cast(pl.String))
            known = pl.concat([table.filter("is_known"), _coded(said, new["code"])])
            every = _counted_codes(known)
            table = every.join(known, on="code", how="left", maintain_order="left")
            self._meanings[field] = table.select(known.columns).with_columns(
                pl.col("is_known").fill_null(value=False)
            )
            return self._meanings[field]

    def _ask(self, field: str, texts: pl.Series) -> pl.DataFrame:
        if field == "work_government":
            named = governments_named(text for text in texts if text)
            others = [named.get(text, self._government) != self._government for text in texts]
            return pl.DataFrame({"is_other": others}, {"is_other": pl.Boolean})
        # What says nothing of a person means the same in every file and is not asked again.
        if field in ("agency", "birth") and texts.to_list() != [""]:
            return self._explained(field, texts)
        return self._remembered(field, texts) if len(texts) <= FEW else self._explained(field, texts)

    def _remembered(self, field: str, texts: pl.Series) -> pl.DataFrame:
        known = _KNOWN.setdefault(field, {})
        new = [text for text in texts if text not in known]
        if new or not known:
            said = self._explained(field, pl.Series(new, dtype=pl.String))
            _SHAPES[field] = said.clear()
            known.update(zip(new, said.iter_rows(), strict=True))
        return pl.DataFrame([known[text] for text in texts], _SHAPES[field].schema, orient="row")

    def _explained(self, field: str, texts: pl.Series) -> pl.DataFrame:
        """The answer of `meanings/<field>.sql` about texts, in their order."""
        asked = pl.DataFrame({"text_value": texts}, {"text_value": pl.String})
        self._con.register("texts", asked.with_row_index("place").to_arrow())
        values = {"as_of": self._as_of} if field == "birth" else None
        said = self._con.sql(read_sql(f"meanings/{field}"), params=values).to_arrow_table()
        self._con.unregister("texts")
        frame = pl.from_arrow(said)
        assert isinstance(frame, pl.DataFrame), "a table has columns"
        return (
            frame.sort("place")
            .drop("place")
            .cast({name: dtype for name, dtype in LISTS.items() if name in frame.columns})
        )


def _counted_codes(known: pl.DataFrame) -> pl.DataFrame:
    """Every code from 0 to the highest."""
    return known.select(
        pl.int_range(pl.col("code").max().cast(pl.Int64).fill_null(0) + 1, dtype=pl.UInt32).alias("code")
    )


def _coded(said: pl.DataFrame, codes: pl.Series) -> pl.DataFrame:
    return said.with_columns(code=codes, is_known=pl.lit(value=True))
