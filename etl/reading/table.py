"""Reads a file into the DuckDB table `raw`: one text column per used field and the row's number in the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.csv as arrow_csv
from python_calamine import CalamineError, CalamineWorkbook

from errors import SourceError
from etl.reading.dialect import Dialect, read_dialect
from etl.reading.headers import Header, find_header

TEXT_ENDINGS = {".csv", ".tsv", ".txt"}
SHEET_ENDINGS = {".xlsx", ".xls", ".xlsm", ".xlsb", ".ods"}


@dataclass(frozen=True)
class Understood:
    """What was understood of a file: its header, its form and its sheet."""

    header: Header
    form: str
    sheet: str | None = None


def read_table(con: duckdb.DuckDBPyConnection, path: Path, kind: str, sheet: str | None = None) -> Understood:
    """Fills the temporary table `raw` (row_number BIGINT, first_cell and one VARCHAR per field of `kind`).

    Only columns that the aliases name are read, and the start of the first cell, which tells a total row from a
    person. Raises SourceError with file and cure.
    """
    if not path.is_file():
        raise SourceError(
            "Berkas tidak ditemukan. / No such file.", str(path.name), "Periksa nama dan foldernya."
        )
    ending = path.suffix.lower()
    if ending in TEXT_ENDINGS:
        return _read_text(con, path, kind)
    if ending in SHEET_ENDINGS:
        return _read_sheet(con, path, kind, sheet)
    if ending == ".parquet":
        return _read_parquet(con, path, kind)
    raise SourceError(
        f"Jenis berkas '{ending}' tidak dikenal. / Unknown kind of file.",
        path.name,
        "Pakai CSV, TSV, XLSX, XLS, ODS atau Parquet.",
    )


def _read_text(con: duckdb.DuckDBPyConnection, path: Path, kind: str) -> Understood:
    dialect = read_dialect(path)
    header = find_header(dialect.rows, kind, path.name)
    copy = _copy_windows_text if dialect.encoding == "cp1252" else _copy_text
    try:
        copy(con, path, dialect, header)
    except (duckdb.Error, pa.ArrowInvalid, UnicodeDecodeError) as broken:
        raise SourceError(
            f"Berkas tidak terbaca sampai akhir. / Cannot be read to its end ({type(broken).__name__}).",
            path.name,
            "Periksa tanda kutip dan pemisah kolom, atau simpan ulang sebagai CSV UTF-8.",
        ) from None
    return Understood(header, f"{dialect.encoding}, {dialect.separator!r}")


def _cell(position: int) -> str:
    """A lone dash stands for an empty cell."""
    return f"CASE WHEN trim(c{position}) IN ('-', '–') THEN NULL ELSE c{position} END"


def _copy_text(con: duckdb.DuckDBPyConnection, path: Path, dialect: Dialect, header: Header) -> None:
    width = max(len(row) for row in dialect.rows)
    fields = ", ".join(f'{_cell(position)} AS "{field}"' for field, position in header.columns.items())
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE raw AS
        SELECT row_number() OVER () + ? AS row_number, left(c0, 40) AS first_cell, {fields}
        FROM read_csv(?, header = false, skip = ?, delim = ?, quote = '"', escape = '"', encoding = ?,
                      columns = {{{", ".join(f"'c{i}': 'VARCHAR'" for i in range(width))}}},
                      auto_detect = false, null_padding = true, strict_mode = false, ignore_errors = false)""",
        [header.first_data_row, str(path), header.first_data_row, dialect.separator, dialect.encoding],
    )


def _copy_windows_text(con: duckdb.DuckDBPyConnection, path: Path, dialect: Dialect, header: Header) -> None:
    """DuckDB knows Latin-1 but not Windows-1252, which offices' dashes and quotes need."""
    names = [f"c{position}" for position in range(max(len(row) for row in dialect.rows))]
    wanted = sorted({"c0", *(f"c{position}" for position in header.columns.values())})
    table = arrow_csv.read_csv(
        path,
        arrow_csv.ReadOptions(encoding="cp1252", skip_rows=header.first_data_row, column_names=names),
        arrow_csv.ParseOptions(delimiter=dialect.separator, newlines_in_values=True),
        arrow_csv.ConvertOptions(include_columns=wanted, column_types=dict.fromkeys(names, pa.string())),
    )
    con.register("incoming", table)
    fields = ", ".join(f'{_cell(position)} AS "{field}"' for field, position in header.columns.items())
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE raw AS
        SELECT row_number() OVER () + ? AS row_number, left(c0, 40) AS first_cell, {fields} FROM incoming""",
        [header.first_data_row],
    )
    con.unregister("incoming")


def _open_sheet(path: Path, sheet: str | None) -> tuple[str, list[list[Any]]]:
    try:
        book = CalamineWorkbook.from_path(path)
        names = book.sheet_names
        if sheet is not None and sheet not in names:
            raise SourceError(
                f"Lembar '{sheet}' tidak ada. / No such sheet.",
                path.name,
                f"Pilih salah satu: {', '.join(names)}.",
            )
        chosen = sheet or names[0]
        return chosen, book.get_sheet_by_name(chosen).to_python(skip_empty_area=False)
    except (CalamineError, OSError, IndexError, ValueError) as broken:
        raise SourceError(
            f"Buku kerja tidak terbaca. / The workbook cannot be read ({type(broken).__name__}).",
            path.name,
            "Buka di aplikasi lembar kerja, simpan ulang sebagai XLSX tanpa sandi, lalu muat lagi.",
        ) from None


def as_text(cell: object) -> str:
    """A spreadsheet cell as text: whole numbers without a decimal point, dates as ISO, huge numbers as shown."""
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        if abs(cell) >= 1e15:
            return f"{cell:.2E}"
        return str(int(cell)) if cell.is_integer() else str(cell)
    text = str(cell).strip()
    return "" if text in ("-", "–") else text


def _read_sheet(con: duckdb.DuckDBPyConnection, path: Path, kind: str, sheet: str | None) -> Understood:
    chosen, cells = _open_sheet(path, sheet)
    head = [[as_text(cell) for cell in row] for row in cells[:60]]
    header = find_header(head, kind, path.name)
    start = header.first_data_row
    columns: dict[str, Sequence[Any]] = {"row_number": range(start + 1, len(cells) + 1)}
    columns["first_cell"] = [as_text(row[0])[:40] if row else "" for row in cells[start:]]
    for field, position in header.columns.items():
        columns[field] = [as_text(row[position]) if position < len(row) else "" for row in cells[start:]]
    texts = [(name, pa.string()) for name in columns if name != "row_number"]
    schema = pa.schema([("row_number", pa.int64()), *texts])
    _register(
        con, pa.table({name: pa.array(values, schema.field(name).type) for name, values in columns.items()})
    )
    return Understood(header, path.suffix[1:].lower(), chosen)


def _read_parquet(con: duckdb.DuckDBPyConnection, path: Path, kind: str) -> Understood:
    try:
        names = [
            row[0] for row in con.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
        ]
    except duckdb.Error as broken:
        raise SourceError(
            f"Parquet tidak terbaca. / Cannot be read ({type(broken).__name__}).",
            path.name,
            "Ekspor ulang berkasnya.",
        ) from None
    header = find_header([names], kind, path.name)
    quoted = {
        field: '"' + names[position].replace('"', '""') + '"' for field, position in header.columns.items()
    }
    fields = ", ".join(f'CAST({name} AS VARCHAR) AS "{field}"' for field, name in quoted.items())
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE raw AS SELECT row_number() OVER () AS row_number, '' AS first_cell, {fields} FROM read_parquet(?)",
        [str(path)],
    )
    return Understood(header, "parquet")


def _register(con: duckdb.DuckDBPyConnection, table: pa.Table) -> None:
    con.register("incoming", table)
    con.execute("CREATE OR REPLACE TEMP TABLE raw AS SELECT * FROM incoming")
    con.unregister("incoming")
