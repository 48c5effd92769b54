"""Outlines as one coverage: no gaps, no overlaps, every shared border drawn once; areas in square metres.

Frames are indexed by code and hold the columns name, province, geometry.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas
import numpy
import shapely

DEGREES = "EPSG:4326"
# Equal areas, centred on the island: an area or a length on the map is one on the ground to within 0.3 %.
EQUAL_AREA = "+proj=laea +lat_0=0 +lon_0=114 +datum=WGS84 +units=m"
GAP_METRES = 1000.0
NEAR_METRES = 200.0


def clean(units: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """The units in the equal-area projection, without overlaps and without gaps narrower than 1 km."""
    metric = units.to_crs(EQUAL_AREA).make_valid()
    return _with_shapes(units, shapely.coverage_clean(_shapes(metric), gap_width=GAP_METRES), EQUAL_AREA)


def simplify(units: geopandas.GeoDataFrame, metres: float) -> geopandas.GeoDataFrame:
    """The units with bends smaller than about `metres` straightened, neighbours alike."""
    return _with_shapes(units, shapely.coverage_simplify(_shapes(units), metres), units.crs)


def drop_islands(
    units: geopandas.GeoDataFrame, minimum: float, villages: Sequence[tuple[float, float]]
) -> geopandas.GeoDataFrame:
    """The units without parts under `minimum` square metres, except villages' islands and main parts."""
    points = geopandas.GeoSeries(shapely.points(villages), crs=DEGREES).to_crs(units.crs)
    inhabited = shapely.STRtree(points.to_numpy())
    kept = []
    for shape in _shapes(units):
        parts = shapely.get_parts(shape)
        areas = shapely.area(parts)
        lived_in = numpy.isin(numpy.arange(len(parts)), inhabited.query(parts, predicate="intersects")[0])
        kept.append(joined(parts[(areas >= minimum) | lived_in | (areas == areas.max())]))
    return _with_shapes(units, kept, units.crs)


def dissolve(units: geopandas.GeoDataFrame, names: dict[str, str]) -> geopandas.GeoDataFrame:
    """One shape per province, made of exactly the coordinates of its units."""
    codes = sorted(set(units["province"]))
    shapes = [
        clockwise(shapely.coverage_union_all(_shapes(units[units["province"] == code]))) for code in codes
    ]
    columns = {"name": [names[code] for code in codes], "province": codes, "geometry": shapes}
    return geopandas.GeoDataFrame(columns, index=codes, crs=units.crs)


def borders(provinces: geopandas.GeoDataFrame) -> Any:
    """The lines between provinces as one MultiLineString, without coast."""
    outlines = shapely.boundary(_shapes(provinces))
    shared = [
        shapely.intersection(one, other)
        for index, one in enumerate(outlines)
        for other in outlines[index + 1 :]
        if shapely.intersects(one, other)
    ]
    pieces = [part for part in shapely.get_parts(shared) if part.geom_type == "LineString"]
    merged = shapely.line_merge(shapely.union_all(pieces))
    return shapely.normalize(shapely.multilinestrings(shapely.get_parts(merged)))


def common_borders(units: geopandas.GeoDataFrame) -> dict[tuple[str, str], float]:
    """Metres along which every pair of units (by code) lies closer than 400 m, also across narrow water.

    Area common to the 200 m surroundings of both, divided by the 400 m it is wide along a shared line.
    """
    around = shapely.buffer(_shapes(units.to_crs(EQUAL_AREA)), NEAR_METRES)
    first, second = shapely.STRtree(around).query(around, predicate="intersects")
    pairs = sorted((int(one), int(other)) for one, other in zip(first, second, strict=True) if one < other)
    return {
        (str(units.index[one]), str(units.index[other])): float(
            shapely.area(shapely.intersection(around[one], around[other])) / (2 * NEAR_METRES)
        )
        for one, other in pairs
    }


def contiguous(units: geopandas.GeoDataFrame) -> list[tuple[str, str, str]]:
    """Pairs of neighbouring units (smaller code, larger code, `land` or `water`), in order.

    `land`: they share a border or a point (queen contiguity). A unit that touches no other, an island, is linked across
    `water` to the one other unit whose shore is nearest.
    """
    codes, shapes = [str(code) for code in units.index], _shapes(units.to_crs(EQUAL_AREA))
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    found = {
        (min(a, b), max(a, b)): "land" for a, b in zip(first.tolist(), second.tolist(), strict=True) if a != b
    }
    for alone in sorted(set(range(len(codes))) - {place for pair in found for place in pair}):
        distances = shapely.distance(shapes, shapes[alone])
        distances[alone] = numpy.inf
        nearest = int(numpy.argmin(distances))
        found[min(alone, nearest), max(alone, nearest)] = "water"
    return sorted((*sorted((codes[one], codes[other])), kind) for (one, other), kind in found.items())


def clockwise(shape: Any) -> Any:
    """The shape with outer rings clockwise, as Plotly draws them, and parts and points in a fixed order."""
    return shapely.orient_polygons(shapely.normalize(shape), exterior_cw=True)


def joined(parts: Any) -> Any:
    """One polygon or multipolygon from its parts."""
    return parts[0] if len(parts) == 1 else shapely.multipolygons(parts)


def _shapes(units: geopandas.GeoDataFrame) -> Any:
    return units.geometry.to_numpy()


def _with_shapes(units: geopandas.GeoDataFrame, shapes: Any, crs: Any) -> geopandas.GeoDataFrame:
    return geopandas.GeoDataFrame(units.drop(columns="geometry"), geometry=list(shapes), crs=crs)
