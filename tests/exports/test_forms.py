"""Forms of the rows: nothing runs, nothing is lost, nothing is left unsaid."""

import csv
import io
import itertools
import json
import sqlite3
from contextlib import closing

import geopandas
import polars
import pyogrio
import pytest
import shapely

from errors import SelectionError
from exports import columns
from exports.forms import places, text, workbook
from exports.forms.geopackage import geopackage_of
from exports.inert import inert
from exports.rendered import FORMS, told
from metrics.answer import answer
from tests.exports.reading import READERS
from warehouse.selection import Selection


@pytest.mark.parametrize("name", list(FORMS))
@pytest.mark.parametrize("nasty", ["=HYPERLINK(1)", "+62 Dinas", "@SUM(A1)", "-1+cmd|' /C calc'!A0", "＝1+1"])
def test_a_name_that_looks_like_a_formula_is_inert_in_every_form(result, edition, name, nasty):
    changed = result.shown_as(result.frame.assign(unit_name=nasty))
    content = FORMS[name].make(changed, edition, columns.of(changed, 5))
    assert {row["unit_name"] for row in READERS[name](content)} == {nasty}
    if name.endswith("csv"):
        delimiter = ";" if name == "excel.csv" else ","
        rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=delimiter)
        assert {row["unit_name"] for row in rows} == {f"'{nasty}"}
    if name == "xlsx":
        assert b"<f>" not in content


@pytest.mark.parametrize("cell", ["-1,5", "-", "–", "12", "", "Dinas - Utara", "-.5", "-1–2%"])
def test_numbers_and_dashes_stay_as_they_are(cell):
    assert inert(cell) == cell


def test_each_row_says_what_it_is(result):
    rows = columns.of(result, 5)
    told = dict(zip(rows["state"], zip(rows["reason_id"], rows["reason_en"], strict=True), strict=True))
    assert {"value", "suppressed"} <= set(told)
    assert told["value"] == ("", "")
    few = [
        place for place, most in enumerate(rows["most"]) if rows["state"][place] == "suppressed" and most == 4
    ]
    assert few and {rows["reason_en"][place] for place in few} == {"0–4 persons, withheld"}
    assert told["suppressed"][0].endswith(" orang, disamarkan")
    for state, events, estimate in zip(rows["state"], rows["events"], rows["estimate"], strict=True):
        assert (estimate is None) == (state not in ("value", "zero"))
        assert events is None or state not in ("suppressed", "no_roster", "scope", "no_events_table")


def test_a_zero_is_told_as_zero_and_a_gap_as_a_gap(warehouse):
    found = columns.of(answer(warehouse, "alleged_rate", Selection(), "government", "election"), 5)
    states = set(found["state"])
    assert {"zero", "value", "no_events_table"} <= states <= set(columns.STATES)
    zero = found["state"].index("zero")
    assert (found["events"][zero], found["estimate"][zero]) == (0, 0)
    assert found["upper"][zero] > 0
    assert found["reason_en"][zero]


def test_rows_beyond_a_sheet_go_on_to_the_next(result):
    rows = columns.of(result, 5)
    content = workbook.xlsx_of(rows, [("a", "b")], rows=2)
    book = {name: polars.read_excel(io.BytesIO(content), sheet_name=name) for name in ("data", "data 2")}
    assert [*book["data"]["unit_id"], *book["data 2"]["unit_id"]][:3] == rows["unit_id"][:3]


def test_pieces_are_the_whole():
    rows = [("a", "b"), *((str(n), n / 8) for n in range(11))]
    assert b"".join(text.pieces(rows, text.EXCEL, many=3)) == b"".join(text.pieces(rows, text.EXCEL))
    assert b"".join(text.pieces(rows, text.EXCEL)).decode("utf-8-sig").splitlines()[2] == "1;0,125"


def test_places_have_their_outlines_the_right_way_round(result, edition):
    content = json.loads(FORMS["geojson"].make(result, edition, columns.of(result, 5)))
    shapes = {f["properties"]["unit_id"]: f["geometry"] for f in content["features"]}
    assert shapes["64"] is None, "a provincial government has no area of its own"
    ring = shapes["6472"]["coordinates"][0]
    ring = ring[0] if shapes["6472"]["type"] == "MultiPolygon" else ring
    doubled = sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in itertools.pairwise(ring))
    assert doubled < 0, "an outer ring runs counter-clockwise"
    assert "geoBoundaries" in content["attribution"]
    assert content["build"] == edition.build.build_id
    with pytest.raises(SelectionError):
        places.outlines("agency")


@pytest.fixture(scope="module")
def geopackage(result, edition, tmp_path_factory):
    path = tmp_path_factory.mktemp("gpkg") / "data.gpkg"
    path.write_bytes(FORMS["gpkg"].make(result, edition, columns.of(result, 5)))
    return path


def test_gdal_reads_the_geopackage_with_its_places_types_and_extent(geopackage, result, edition):
    assert {tuple(layer) for layer in pyogrio.list_layers(geopackage)} == {
        ("data", "MultiPolygon"),
        ("about", None),
    }
    told = pyogrio.read_info(geopackage, layer="data")
    assert (told["crs"], told["driver"], told["features"]) == ("EPSG:4326", "GPKG", len(result.frame))
    assert told["fid_column"] == "fid" and told["geometry_name"] == "geom"
    frame = geopandas.read_file(geopackage, layer="data")
    assert list(frame.columns) == [*columns.TYPES, "geometry"]
    outlines = places.outlines("government")
    for unit, shape in zip(frame["unit_id"], frame.geometry, strict=True):
        wanted = outlines.get(unit)
        assert (shape is None) == (wanted is None)
        assert wanted is None or shapely.equals(shape, shapely.geometry.shape(wanted))
    assert tuple(told["total_bounds"]) == tuple(frame.total_bounds)
    about = pyogrio.read_dataframe(geopackage, layer="about").set_index("name")["value"]
    assert about["build"] == edition.build.build_id and "geoBoundaries" in about["attribution"]
    assert about["receipt"].startswith(edition.build.build_id) and about["simulated"]


def test_the_geopackage_is_what_the_standard_prescribes(geopackage):
    with closing(sqlite3.connect(f"file:{geopackage}?mode=ro", uri=True)) as file:

        def ask(sql):
            return file.execute(sql).fetchall()

        assert ask("PRAGMA application_id") == [(0x47504B47,)]
        assert ask("PRAGMA user_version") == [(10301,)]
        assert ask("PRAGMA integrity_check") == [("ok",)]
        assert ask("PRAGMA foreign_key_check") == []
        assert {-1, 0, 4326} == {row[0] for row in ask("SELECT srs_id FROM gpkg_spatial_ref_sys")}
        contents = ask(
            "SELECT table_name, data_type, last_change, srs_id FROM gpkg_contents ORDER BY table_name"
        )
        assert contents == [
            ("about", "attributes", "2024-12-01T00:00:00.000Z", None),
            ("data", "features", "2024-12-01T00:00:00.000Z", 4326),
        ]
        assert ask("SELECT * FROM gpkg_geometry_columns") == [("data", "geom", "MULTIPOLYGON", 4326, 0, 0)]
        heads = ask("SELECT DISTINCT substr(geom, 1, 4), typeof(geom) FROM data WHERE geom IS NOT NULL")
        assert heads == [(b"GP\x00\x03", "blob")]


def test_a_table_without_places_has_no_geopackage_and_one_without_rows_is_sound(result, edition, tmp_path):
    with pytest.raises(SelectionError):
        geopackage_of(columns.of(result, 5), "agency", {})
    empty = {name: [] for name in columns.TYPES}
    path = tmp_path / "empty.gpkg"
    path.write_bytes(geopackage_of(empty, "government", told(result, edition)))
    assert pyogrio.read_info(path, layer="data")["features"] == 0


def test_the_same_rows_give_the_same_bytes_in_every_form(result, edition):
    rows = columns.of(result, 5)
    for form in FORMS.values():
        assert form.make(result, edition, rows) == form.make(result, edition, rows), form.file
