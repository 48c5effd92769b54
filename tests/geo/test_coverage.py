import geopandas
import pandas
import pytest
import shapely
from shapely import box

from geo import coverage

METRE = 1 / 111_320


def moved(units, **shapes):
    changed = units.copy()
    for code, shape in shapes.items():
        changed.loc[code.removeprefix("unit"), "geometry"] = shape
    return changed


def test_cleaning_closes_gaps_and_overlaps(three_fields):
    ragged = moved(
        three_fields, unit9001=box(114, 0, 115 - 300 * METRE, 1), unit9101=box(114, 1 - 500 * METRE, 116, 2)
    )
    clean = coverage.clean(ragged)
    assert shapely.coverage_is_valid(clean.geometry.to_numpy())
    assert shapely.get_num_interior_rings(shapely.coverage_union_all(clean.geometry.to_numpy())) == 0
    whole = three_fields.to_crs(coverage.EQUAL_AREA).area.sum()
    assert clean.area.sum() == pytest.approx(whole, rel=1e-3)
    assert list(clean.index) == list(three_fields.index)
    assert list(clean["name"]) == ["West", "East", "North"]


def test_a_wide_gap_stays(three_fields):
    clean = coverage.clean(moved(three_fields, unit9001=box(114, 0, 115 - 5000 * METRE, 1)))
    assert clean.area["9002"] == pytest.approx(
        three_fields.to_crs(coverage.EQUAL_AREA).area["9002"], rel=1e-6
    )


def test_an_invalid_outline_is_mended(three_fields):
    bow = shapely.Polygon([(114, 0), (115, 1), (115, 0), (114, 1), (114, 0)])
    assert coverage.clean(moved(three_fields, unit9001=bow)).is_valid.all()


def test_neighbours_are_simplified_alike():
    wiggle = [(115 + (i % 2) * 400 * METRE, i / 20) for i in range(21)]
    west = shapely.Polygon([(114, 0), *wiggle, (114, 1)])
    east = shapely.Polygon([(116, 0), *wiggle, (116, 1)])
    units = geopandas.GeoDataFrame({"name": ["W", "E"]}, geometry=[west, east], index=["1", "2"], crs=4326)
    clean = coverage.clean(units)
    simple = coverage.simplify(clean, 2000)
    assert shapely.get_num_coordinates(simple.geometry["1"]) < shapely.get_num_coordinates(
        clean.geometry["1"]
    )
    assert shapely.coverage_is_valid(simple.geometry.to_numpy())


def test_only_small_empty_islands_are_dropped(three_fields):
    main, small, inhabited, large = (
        box(114, 0, 115, 1),
        box(113.0, 0, 113.001, 0.001),
        box(113.1, 0, 113.101, 0.001),
        box(113.2, 0, 113.3, 0.1),
    )
    units = coverage.clean(
        moved(three_fields, unit9001=shapely.multipolygons([main, small, inhabited, large]))
    )
    kept = coverage.drop_islands(units, 2e6, [(113.1005, 0.0005)]).to_crs(coverage.DEGREES)
    parts = shapely.get_parts(kept.geometry["9001"])
    assert len(parts) == 3
    assert not shapely.intersects(kept.geometry["9001"], small)
    assert shapely.intersects(kept.geometry["9001"], inhabited)


def test_the_largest_part_stays_however_small(three_fields):
    kept = coverage.drop_islands(three_fields.to_crs(coverage.EQUAL_AREA), 1e12, [(0.0, 0.0)])
    assert list(kept.index) == list(three_fields.index)
    assert not kept.is_empty.any()


def test_provinces_use_exactly_the_points_of_their_units(three_fields):
    provinces = coverage.dissolve(three_fields, {"90": "South", "91": "North"})
    assert list(provinces.index) == ["90", "91"]
    assert list(provinces["name"]) == ["South", "North"]
    points = set(map(tuple, shapely.get_coordinates(three_fields.geometry.to_numpy())))
    assert set(map(tuple, shapely.get_coordinates(provinces.geometry.to_numpy()))) <= points
    assert not shapely.is_ccw(shapely.get_exterior_ring(provinces.geometry.to_numpy())).any()


def test_borders_between_provinces_leave_out_the_coast(three_fields):
    lines = coverage.borders(coverage.dissolve(three_fields, {"90": "South", "91": "North"}))
    assert lines.geom_type == "MultiLineString"
    assert lines.length == pytest.approx(2.0)
    assert set(shapely.get_coordinates(lines)[:, 1]) == {1.0}


def test_common_borders_are_as_long_as_on_the_ground(three_fields):
    metres = coverage.common_borders(three_fields)
    assert set(metres) == {("9001", "9002"), ("9001", "9101"), ("9002", "9101")}
    assert metres["9001", "9002"] == pytest.approx(110_600, rel=0.01)


def test_a_narrow_channel_counts_as_border_and_a_wide_one_does_not(three_fields):
    for width, touching in ((150, True), (1000, False)):
        apart = moved(three_fields, unit9001=box(114, 0, 115 - width * METRE, 0.9))
        assert (coverage.common_borders(apart).get(("9001", "9002"), 0) > 2000) is touching


def test_neighbours_share_a_border_or_a_point_and_an_island_takes_the_nearest_shore(three_fields):
    corner, island, far = box(116, 0, 117, 1), box(117.5, 0.2, 117.6, 0.3), box(120, 0, 121, 1)
    columns = {"name": ["C", "I", "F"], "province": ["90"] * 3}
    others = geopandas.GeoDataFrame(
        columns, geometry=[corner, island, far], index=["9003", "9004", "9005"], crs=4326
    )
    found = coverage.contiguous(pandas.concat([three_fields, others]))
    assert found == [
        ("9001", "9002", "land"),
        ("9001", "9101", "land"),
        ("9002", "9003", "land"),
        ("9002", "9101", "land"),
        ("9003", "9004", "water"),
        ("9003", "9101", "land"),
        ("9004", "9005", "water"),
    ]
