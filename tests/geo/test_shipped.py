"""The files in the repository pass the checks of the build again, and fit the way the map reads them."""

import hashlib
import json

import numpy
import pytest
import shapely

import settings
from geo import boundaries, checks, publish

STATIC = settings.ROOT / "static"
FOLDER = STATIC / "geo"


@pytest.fixture(scope="module")
def manifest():
    return json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def contents(manifest):
    return {layer: (FOLDER / manifest[layer]).read_bytes() for layer in publish.STEMS}


@pytest.fixture(scope="module")
def layers(contents):
    return {name: publish.read_areas(contents[name]) for name in ("overview", "detail", "provinces")}


def of_level(regions, level):
    return [region for region in regions if region.level == level]


def test_the_manifest_is_complete(manifest):
    assert set(manifest) == {*publish.STEMS, "attribution", "bounds", "year"}
    assert manifest["attribution"] == dict(boundaries.CREDIT.attribution)
    assert "CC BY 3.0 IGO" in manifest["attribution"]["id"]
    assert manifest["year"] == 2020
    west, south, east, north = manifest["bounds"]
    assert (108 < west < 110, -5 < south < -4, 118 < east < 120, 4 < north < 5) == (True,) * 4


def test_there_is_no_file_the_manifest_does_not_name(manifest):
    named = {manifest[layer] for layer in publish.STEMS} | {"manifest.json"}
    assert {path.name for path in FOLDER.iterdir()} == named


@pytest.mark.parametrize("layer", publish.STEMS)
def test_the_name_of_a_file_follows_its_content(layer, manifest, contents):
    digest = hashlib.sha256(contents[layer]).hexdigest()[:10]
    assert manifest[layer] == f"{publish.STEMS[layer]}.{digest}.geojson"


@pytest.mark.parametrize(("layer", "limit"), [("overview", 160_000), ("detail", 230_000)])
def test_files_stay_small(layer, limit, contents):
    assert len(contents[layer]) < limit


@pytest.mark.parametrize("layer", ["overview", "detail"])
def test_units_pass_the_checks_of_the_build(layer, layers, regions):
    measured = checks.check(layers[layer], of_level(regions, "regency"), checks.NEIGHBOURS)
    assert (measured.units, measured.neighbours) == (56, 120)
    assert abs(measured.total_difference) < 0.01
    assert measured.largest_difference < 0.18


def test_provinces_pass_the_checks_of_the_build(layers, regions):
    measured = checks.check(layers["provinces"], of_level(regions, "province"))
    assert measured.units == 5
    assert measured.largest_difference < 0.02


def test_the_detail_has_the_same_neighbours_as_the_overview(layers):
    assert checks.neighbour_pairs(layers["overview"]) == checks.neighbour_pairs(layers["detail"])


def test_the_shipped_neighbours_are_those_of_both_layers(layers):
    shipped = (settings.ROOT / "data" / "reference" / "neighbours.csv").read_text(encoding="utf-8")
    assert publish.neighbours_as_csv(layers["detail"]) == shipped
    assert publish.neighbours_as_csv(layers["overview"]) == shipped
    land = {tuple(line.split(",")[:2]) for line in shipped.splitlines() if line.endswith(",land")}
    # Two pairs meet in less than 2 km, and Tarakan, an island, is linked to the shore of Bulungan.
    assert land - checks.neighbour_pairs(layers["detail"]) == {("6304", "6308"), ("6305", "6308")}
    assert [line for line in shipped.splitlines() if line.endswith("water")] == ["6501,6571,water"]


@pytest.mark.parametrize(
    ("layer", "level"), [("overview", "regency"), ("detail", "regency"), ("provinces", "province")]
)
def test_features_carry_the_official_codes_and_names(layer, level, contents, regions):
    features = json.loads(contents[layer])["features"]
    official = {region.code: region for region in of_level(regions, level)}
    assert [feature["id"] for feature in features] == sorted(official)
    for feature in features:
        region = official[feature["id"]]
        expected = {"code": region.code, "name": region.name, "province": region.province}
        assert feature["properties"] == expected


def test_coordinates_have_four_decimals(layers):
    for layer in layers.values():
        coordinates = shapely.get_coordinates(layer.geometry.to_numpy())
        assert (coordinates == numpy.round(coordinates, 4)).all()


def test_provinces_are_drawn_with_the_points_of_their_units(layers):
    units = set(map(tuple, shapely.get_coordinates(layers["overview"].geometry.to_numpy())))
    assert set(map(tuple, shapely.get_coordinates(layers["provinces"].geometry.to_numpy()))) <= units


def test_province_lines_run_between_provinces_only(contents, layers):
    (feature,) = json.loads(contents["province_lines"])["features"]
    assert feature["geometry"]["type"] == "MultiLineString"
    lines = shapely.geometry.shape(feature["geometry"])
    outlines = shapely.boundary(layers["provinces"].geometry.to_numpy())
    points = shapely.points(shapely.get_coordinates(lines))
    on_outline = numpy.array([shapely.intersects(outline, points) for outline in outlines])
    assert (on_outline.sum(axis=0) >= 2).all()
    assert 2500 < shapely.length(lines) * 111 < 3000


def test_the_topology_stub_is_empty():
    stub = json.loads((STATIC / "topojson" / "world_110m.json").read_text(encoding="utf-8"))
    names = {"coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits"}
    assert (stub["type"], stub["arcs"], set(stub["objects"])) == ("Topology", [], names)
    empty = {"type": "GeometryCollection", "geometries": []}
    assert all(collection == empty for collection in stub["objects"].values())


def test_the_notice_carries_the_attribution():
    notice = " ".join((settings.ROOT / "NOTICE").read_text(encoding="utf-8").split())
    for attribution in boundaries.CREDIT.attribution.values():
        assert attribution in notice
