"""One ZIP with the data of a view: CSV, Parquet, the table as shown, dictionary, sources, and what they mean."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Final
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from language import Words
from metrics.frame import DTYPES
from metrics.result import Result
from ui import results
from ui.showing import tables
from ui.showing.tables import Link, Table

LONGEST: Final = 80
# Excel on Indonesian Windows takes a CSV for its own code page unless it starts with this mark.
_ENCODING: Final = "utf-8-sig"
_FILES: Final = ("data_csv", "data_parquet", "table_csv", "dictionary_csv", "sources_csv")
_FORMULA: Final = re.compile(r"[=+@\t\r]|-(?![\d.,\s]|$)")
# One moment for all entries, so that the same view gives the same bytes.
_STAMP: Final = (1980, 1, 1, 0, 0, 0)


def button(w: Words, result: Result) -> None:
    """The button that makes and gives the ZIP of an answer."""
    st.download_button(
        w("pages.downloads.button"), data=lambda: archive(w, result), file_name=file_name(result),
        mime="application/zip", on_click="ignore",
    )  # fmt: skip


def table(w: Words, shown: Table, name: str) -> None:
    """The button that gives a table as shown as CSV; simulated data say so in the name."""
    mark = "_DATA-SIMULASI" if any(w("ui.simulated") in row for row in shown.rows) else ""
    st.download_button(
        w("ui.table.download"), data=lambda: as_csv(shown),
        file_name=f"netra_{name}_{results.build().build_id}{mark}.csv", mime="text/csv", on_click="ignore",
    )  # fmt: skip


def as_csv(shown: Table) -> bytes:
    """The rows of a table as shown, its days with plain hyphens; of a link its address."""
    plain = [
        [c.replace("\N{NON-BREAKING HYPHEN}", "-") if isinstance(c, str) else c for c in row]
        for row in shown.rows
    ]
    return _csv(shown.head, plain)


def file_name(result: Result) -> str:
    """Name with measure, unit, filter and data number; simulated data say so."""
    chosen = [f"{key}-{value}" for key, value in result.selection.as_query().items()]
    parts = [result.definition.metric_id, result.by, result.period, *chosen]
    view = "_".join(re.sub(r"[^A-Za-z0-9]+", "-", part) for part in parts)[:LONGEST].strip("-_")
    mark = "_DATA-SIMULASI" if result.is_simulated else ""
    return f"netra_{view}_{results.build().build_id}{mark}.zip"


def archive(w: Words, result: Result) -> bytes:
    """The ZIP of an answer; the same answer of the same build gives the same bytes."""
    frame = result.frame
    table = tables.of_result(w, result)
    parquet = io.BytesIO()
    frame.to_parquet(parquet, index=False)
    contents = {
        readme_name(w): readme(w, result).encode(_ENCODING),
        "data.csv": _inert_frame(frame).to_csv(index=False, lineterminator="\r\n").encode(_ENCODING),
        "data.parquet": parquet.getvalue(),
        "tabel.csv": _csv(table.head, table.rows),
        "kamus.csv": _dictionary(w),
        "sumber.csv": _sources(),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in contents.items():
            file.writestr(zipfile.ZipInfo(name, _STAMP), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def readme_name(w: Words) -> str:
    """Name of the explanation in the reader's language."""
    return "BACA-SAYA.txt" if w.lang == "id" else "README.txt"


def readme(w: Words, result: Result) -> str:
    """What the files are: filter in words, formula, limits, licence, and the mark of simulated data."""
    metric, build = result.definition, results.build()
    selection = result.selection.describe(w, results.known(w.lang))
    told = [
        w("download.readme.title", metric=metric.title.of(w.lang)),
        w("download.readme.simulated") if result.is_simulated else "",
        w("download.readme.question", text=metric.question.of(w.lang)),
        w("download.readme.selection", text=selection),
        w("download.readme.shape", by=w(f"pages.downloads.units.{result.by}").lower()),
        w("download.readme.address", path=f"/?{urlencode(result.selection.as_query())}"),
        w("download.readme.build", build=build.build_id, as_of=build.as_of, hash=build.content_hash),
        w("download.readme.formula", text=metric.formula.of(w.lang)),
        w("download.readme.limits", text=metric.limits.of(w.lang)),
        "\n".join([w("download.readme.caveats"), *(f"- {w(f'caveat.{code}')}" for code in result.caveats)]),
        w("download.readme.suppression", top=results.suppress_below() - 1),
        "\n".join([w("download.readme.files"), *(f"- {w(f'download.readme.{name}')}" for name in _FILES)]),
        w("download.readme.licence", build=build.build_id),
    ]
    return "\r\n\r\n".join(part.replace("\n", "\r\n") for part in told if part) + "\r\n"


def _dictionary(w: Words) -> bytes:
    head = tuple(w(f"download.dictionary.{name}") for name in ("column", "type", "meaning"))
    return _csv(head, [(name, kind, w(f"download.columns.{name}")) for name, kind in DTYPES.items()])


def _sources() -> bytes:
    rows = [asdict(source) for source in results.sources()]
    head = tuple(rows[0]) if rows else ("source_id",)
    return _csv(head, [tuple("" if value is None else str(value) for value in row.values()) for row in rows])


def _inert_frame(frame: pd.DataFrame) -> pd.DataFrame:
    texts = frame.select_dtypes(["object", "string"]).columns
    return frame.assign(**{name: frame[name].map(_inert, na_action="ignore") for name in texts})


def _inert(cell: str) -> str:
    """A text that a spreadsheet would take for a formula gets an apostrophe; numbers and a lone dash stay as they are."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _csv(head: Sequence[str], rows: Iterable[Sequence[str | Link]]) -> bytes:
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow(head)
    out.writerows([_inert(cell if isinstance(cell, str) else cell.address) for cell in row] for row in rows)
    return text.getvalue().encode(_ENCODING)
