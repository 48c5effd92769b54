"""Coordinates with four decimals (11 m) that still fit together at every border."""

from __future__ import annotations

from typing import Any

import geopandas
import numpy
import shapely

from geo.coverage import DEGREES, EQUAL_AREA, clockwise, joined

DECIMALS = 4
CELL = 10.0**-DECIMALS
# On the grid the mouths of narrow channels close; the longest, 18 km in the Mahakam delta, has 3.5 km2.
ENCLOSED_WATER = 4e6


def snap(units: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """The units in degrees on the grid, still a coverage, outer rings clockwise, water they enclose filled.

    Rounding each shape alone would break the coverage; here all lines are noded on the grid together, every
    face goes to the unit its inner point lies in, and an enclosed face of no unit (under 4 km2) to the
    neighbour with the longest common edge.
    """
    shapes = units.to_crs(DEGREES).geometry.to_numpy()
    lines = shapely.union_all(shapely.boundary(shapes), grid_size=CELL)
    faces = shapely.get_parts(shapely.polygonize([lines]))
    owners = _fill(faces, _owners(faces, shapes))
    snapped = [_finished(faces[owners == index]) for index in range(len(shapes))]
    return geopandas.GeoDataFrame(units.drop(columns="geometry"), geometry=snapped, crs=DEGREES)


def _owners(faces: Any, shapes: Any) -> Any:
    """Position of the shape each face belongs to, -1 for none."""
    owners = numpy.full(len(faces), -1)
    face, shape = shapely.STRtree(shapes).query(shapely.point_on_surface(faces), predicate="within")
    owners[face] = shape
    return owners


def _fill(faces: Any, owners: Any) -> Any:
    filled = owners.copy()
    areas = geopandas.GeoSeries(faces, crs=DEGREES).to_crs(EQUAL_AREA).area.to_numpy()
    around = shapely.STRtree(faces)
    for hole in numpy.flatnonzero((owners < 0) & (areas < ENCLOSED_WATER)):
        near = numpy.sort(around.query(faces[hole], predicate="intersects"))
        near = near[owners[near] >= 0]
        edges = shapely.length(
            shapely.intersection(shapely.boundary(faces[near]), shapely.boundary(faces[hole]))
        )
        candidates = numpy.unique(owners[near])
        shared = [edges[owners[near] == candidate].sum() for candidate in candidates]
        filled[hole] = candidates[int(numpy.argmax(shared))] if len(candidates) else -1
    return filled


def _finished(faces: Any) -> Any:
    whole = shapely.get_parts(shapely.coverage_union_all(faces))
    return clockwise(shapely.transform(joined(whole), lambda points: numpy.round(points, DECIMALS)))
