"""The rows with their boundaries as a GeoPackage (OGC 12-128r18, version 1.3.1): an SQLite file that GIS programs open.

Table `data` holds a feature per row, table `about` what the file says of itself. The same rows give the same bytes.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import date
from typing import Any, Final

from exports.columns import TYPES, Columns, Value
from exports.forms import places
from exports.forms.places import Geometry

SRS: Final = 4326
_KINDS: Final = {
    "string": "TEXT",
    "date": "DATE",
    "integer": "INTEGER",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
}
_POLYGON, _MULTIPOLYGON = 3, 6
# The writer's version of SQLite stands in the header; another one gives no other content.
_VERSION: Final = slice(96, 100)
_SCHEMA: Final = """
PRAGMA application_id = 0x47504B47;
PRAGMA user_version = 10301;
CREATE TABLE gpkg_spatial_ref_sys (
    srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
    organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
    table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
    last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
    CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
    table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
    srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
    CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
    CONSTRAINT uk_gc_table_name UNIQUE (table_name),
    CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
    CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE about (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL);
"""
_SYSTEMS: Final = (
    ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined", None),
    ("Undefined geographic SRS", 0, "NONE", 0, "undefined", None),
    (
        "WGS 84 geodetic", SRS, "EPSG", SRS,
        'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
        'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],'
        'UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]',
        "longitude/latitude in decimal degrees",
    ),
)  # fmt: skip


def geopackage_of(columns: Columns, by: str, told: Mapping[str, str]) -> bytes:
    """A feature per row; a provincial government is an employer without an area, so its geometry is null.

    `told` needs a `title`, a `selection` and a `date`. A breakdown without places is a SelectionError.
    """
    shapes = places.outlines(by)
    about = {**told, "attribution": places.attribution()}
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as file:
        file.executescript(_SCHEMA)
        file.execute("BEGIN")
        file.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", _SYSTEMS)
        _register(file, told, _extent([shapes[str(unit)] for unit in columns["unit_id"] if unit in shapes]))
        file.executemany("INSERT INTO about (name, value) VALUES (?, ?)", about.items())
        _fill(file, columns, shapes)
        file.execute("COMMIT")
        content = bytearray(file.serialize())
    content[_VERSION] = struct.pack(">I", 3_000_000)
    return bytes(content)


def _register(file: sqlite3.Connection, told: Mapping[str, str], extent: Sequence[float] | None) -> None:
    moment = f"{told['date']}T00:00:00.000Z"
    edges = extent or (None,) * 4
    rows = [
        ("data", "features", told["title"], told["selection"], moment, *edges, SRS),
        ("about", "attributes", "about", "", moment, *(None,) * 4, None),
    ]
    file.executemany("INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    file.execute("INSERT INTO gpkg_geometry_columns VALUES ('data', 'geom', 'MULTIPOLYGON', ?, 0, 0)", [SRS])


def _fill(file: sqlite3.Connection, columns: Columns, shapes: Mapping[str, Geometry]) -> None:
    fields = ", ".join(f'"{name}" {_KINDS[TYPES[name]]}' for name in columns)
    file.execute(
        f"CREATE TABLE data (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom MULTIPOLYGON, {fields})"
    )
    marks = ", ".join("?" * (len(columns) + 1))
    written = {unit: _blob(shape) for unit, shape in shapes.items()}
    rows = (
        (written.get(str(unit)), *map(_plain, row))
        for unit, row in zip(columns["unit_id"], zip(*columns.values(), strict=True), strict=True)
    )
    # The marks are ours, one for each column of this module; every value is bound.
    file.executemany(f"INSERT INTO data VALUES (NULL, {marks})", rows)  # noqa: S608


def _plain(value: Value) -> str | int | float | None:
    return value.isoformat() if isinstance(value, date) else value


def _blob(shape: Geometry) -> bytes:
    """The geometry as a GeoPackage keeps it: a header with the extent, then well-known binary."""
    extent = _extent([shape])
    assert extent is not None, "a place has an area"
    return (
        b"GP\x00\x03" + struct.pack("<i4d", SRS, extent[0], extent[2], extent[1], extent[3]) + _binary(shape)
    )


def _binary(shape: Geometry) -> bytes:
    parts = _polygons(shape)
    return struct.pack("<BII", 1, _MULTIPOLYGON, len(parts)) + b"".join(
        struct.pack("<BII", 1, _POLYGON, len(rings)) + b"".join(map(_ring, rings)) for rings in parts
    )


def _ring(points: Sequence[Sequence[float]]) -> bytes:
    flat = [number for point in points for number in point[:2]]
    return struct.pack(f"<I{len(flat)}d", len(points), *flat)


def _polygons(shape: Geometry) -> list[Any]:
    return [shape["coordinates"]] if shape["type"] == "Polygon" else list(shape["coordinates"])


def _extent(shapes: Sequence[Geometry]) -> tuple[float, float, float, float] | None:
    """West, south, east and north of all outer rings; None without any."""
    points = [point for shape in shapes for rings in _polygons(shape) for point in rings[0]]
    if not points:
        return None
    across, along = ([point[axis] for point in points] for axis in (0, 1))
    return min(across), min(along), max(across), max(along)
