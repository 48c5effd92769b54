import geopandas
import numpy
import pytest
import shapely
from shapely import box

from geo import grid


def units(*shapes):
    codes = [f"900{number}" for number in range(len(shapes))]
    columns = {"name": codes, "province": ["90"] * len(shapes)}
    return geopandas.GeoDataFrame(columns, geometry=list(shapes), index=codes, crs=4326)


def test_coordinates_have_four_decimals_and_still_fit():
    # Three units meet on a slant, where rounding each one alone leaves slivers and overlaps.
    top, low, mid = (114.123456, 1.0), (114.567891, 0.0), (114.345678, 0.499999)
    west = shapely.Polygon([(114, 0), low, mid, top, (114, 1)])
    north = shapely.Polygon([top, mid, (115, 0.777777), (115, 1)])
    south = shapely.Polygon([mid, low, (115, 0), (115, 0.777777)])
    snapped = grid.snap(units(west, north, south))
    shapes = snapped.geometry.to_numpy()
    coordinates = shapely.get_coordinates(shapes)
    assert (coordinates == numpy.round(coordinates, 4)).all()
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    assert snapped.geometry.iloc[0].symmetric_difference(west).area < 1e-3


def test_outer_rings_run_clockwise(three_fields):
    rings = shapely.get_exterior_ring(grid.snap(three_fields).geometry.to_numpy())
    assert not shapely.is_ccw(rings).any()


def test_a_small_enclosed_gap_goes_to_the_neighbour_with_the_longest_edge():
    pond = box(114.495, 0.5, 114.503, 0.51)
    west = box(114, 0, 114.5, 1).difference(pond)
    east = box(114.5, 0, 115, 1).difference(pond)
    snapped = grid.snap(units(west, east))
    assert shapely.coverage_union_all(snapped.geometry.to_numpy()).equals(box(114, 0, 115, 1))
    assert snapped.geometry.iloc[0].contains(pond)


def test_a_channel_closed_by_the_grid_is_filled():
    inlet = box(114.4, 0.3, 114.41, 0.31).union(box(114.40499, 0.2, 114.405, 0.3))
    mouth = box(114.40499, 0, 114.405, 0.2)
    snapped = grid.snap(units(box(114, 0, 115, 1).difference(inlet).difference(mouth)))
    assert shapely.get_num_interior_rings(snapped.geometry.iloc[0]) == 0


def test_a_large_enclosed_lake_is_not_filled():
    lake = box(114.3, 0.3, 114.4, 0.4)
    snapped = grid.snap(units(box(114, 0, 115, 1).difference(lake)))
    assert snapped.geometry.iloc[0].area == pytest.approx(0.99)


def test_the_same_input_gives_the_same_points(three_fields):
    once, again = grid.snap(three_fields), grid.snap(three_fields)
    assert [shape.wkb for shape in once.geometry] == [shape.wkb for shape in again.geometry]
