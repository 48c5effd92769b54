"""Every form an answer can have: its ending, its media type, and what makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from exports import receipt
from exports.columns import Columns
from exports.edition import Edition
from exports.forms import geopackage, parquet, places, text, workbook
from exports.package.descriptor import MEDIA, both
from metrics.result import Result


@dataclass(frozen=True)
class Form:
    """A form of the rows; `file` is its name in a package, `levels` the breakdowns that have it, None for all."""

    file: str
    media: str
    make: Callable[[Result, Edition, Columns], bytes]
    levels: tuple[str, ...] | None = None


def told(result: Result, edition: Edition) -> dict[str, str]:
    """What a file without a README says of itself: measure, filter, build, receipt, and the mark of simulated data."""
    title, got = result.definition.title, receipt.of(result, edition)
    selection = " / ".join(
        dict.fromkeys(result.selection.describe(w, edition.known[w.lang]) for w in edition.readers())
    )
    marks = {
        "title": f"{title.id} / {title.en}",
        "selection": selection,
        "build": edition.build.build_id,
        "receipt": got.short,
        "date": got.day,
        "content_hash": got.content_hash,
        "licence": "CC BY 4.0",
    }
    return marks | ({"simulated": both("download.readme.simulated")} if result.is_simulated else {})


def _xlsx(result: Result, edition: Edition, rows: Columns) -> bytes:
    columns = [(name, both(f"download.columns.{name}")) for name in rows]
    return workbook.xlsx_of(rows, [*told(result, edition).items(), ("", ""), *columns])


FORMS: Final[Mapping[str, Form]] = {
    "csv": Form("data.csv", MEDIA["csv"], lambda _result, _edition, rows: text.csv_of(rows)),
    "excel.csv": Form(
        "data-excel.csv", MEDIA["csv"], lambda _result, _edition, rows: text.csv_of(rows, text.EXCEL)
    ),
    "xlsx": Form("data.xlsx", MEDIA["xlsx"], _xlsx),
    "parquet": Form(
        "data.parquet",
        MEDIA["parquet"],
        lambda result, edition, rows: parquet.parquet_of(rows, told(result, edition)),
    ),
    "geojson": Form(
        "data.geojson",
        MEDIA["geojson"],
        lambda result, edition, rows: places.geojson_of(rows, result.by, told(result, edition)),
        tuple(places.LEVELS),
    ),
    "gpkg": Form(
        "data.gpkg",
        MEDIA["gpkg"],
        lambda result, edition, rows: geopackage.geopackage_of(rows, result.by, told(result, edition)),
        tuple(places.LEVELS),
    ),
}
