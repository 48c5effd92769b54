"""Every form of a download read back as a stranger would: by other libraries than those that wrote it, or by hand."""

import csv
import io
import json
import tempfile
import zipfile
from datetime import date

import pandas
import polars
import pyogrio
from python_calamine import CalamineWorkbook

from exports.columns import TYPES


def typed(name, text, decimal="."):
    if text == "":
        return "" if TYPES[name] == "string" else None
    return {
        "integer": int,
        "number": lambda x: float(x.replace(decimal, ".")),
        "boolean": lambda x: {"true": True, "false": False}[x],
        "date": date.fromisoformat,
        "string": lambda x: x.removeprefix("'"),
    }[TYPES[name]](text)


def from_csv(content, delimiter=",", decimal=".", encoding="utf-8"):
    rows = list(csv.DictReader(io.StringIO(content.decode(encoding)), delimiter=delimiter))
    return [{name: typed(name, text, decimal) for name, text in row.items()} for row in rows]


def from_excel_csv(content):
    assert content.startswith(b"\xef\xbb\xbf")
    return from_csv(content, ";", ",", "utf-8-sig")


def from_xlsx(content):
    head, *rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("data").to_python()
    return [{name: _of_cell(name, value) for name, value in zip(head, row, strict=True)} for row in rows]


def _of_cell(name, value):
    if value == "":
        return "" if TYPES[name] == "string" else None
    if TYPES[name] == "integer":
        assert value == int(value)
        return int(value)
    return value.date() if hasattr(value, "date") else value


def from_parquet(content):
    return polars.read_parquet(io.BytesIO(content)).to_dicts()


def from_geojson(content):
    rows = [feature["properties"] for feature in json.loads(content)["features"]]
    return [
        {name: date.fromisoformat(x) if TYPES[name] == "date" else x for name, x in row.items()}
        for row in rows
    ]


def from_gpkg(content):
    """As GDAL reads it."""
    with tempfile.NamedTemporaryFile(suffix=".gpkg") as file:
        file.write(content)
        file.flush()
        rows = pyogrio.read_dataframe(file.name, layer="data", read_geometry=False).to_dict("records")
    return [{name: _of_field(name, value) for name, value in row.items()} for row in rows]


def _of_field(name, value):
    if pandas.isna(value):
        return None
    return {"date": lambda x: x.date() if hasattr(x, "date") else x, "integer": int, "boolean": bool}.get(
        TYPES[name], lambda x: x
    )(value)


def from_zip(content):
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert packed.testzip() is None
        return from_csv(packed.read("data.csv"))


READERS = {
    "csv": from_csv,
    "excel.csv": from_excel_csv,
    "xlsx": from_xlsx,
    "parquet": from_parquet,
    "geojson": from_geojson,
    "gpkg": from_gpkg,
    "zip": from_zip,
}
