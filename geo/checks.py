"""What must hold before boundaries are published, measured on the very bytes that will be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas
import shapely

from errors import ContractError
from geo.coverage import EQUAL_AREA, common_borders
from geo.matching import Region

UNITS, NEIGHBOURS = 56, 120
NEIGHBOUR_METRES = 2000.0
TOTAL_TOLERANCE, UNIT_TOLERANCE = 0.01, 0.25


@dataclass(frozen=True)
class Measured:
    """One layer in numbers: areas in km2, `neighbours` the pairs with more than 2 km of common border."""

    units: int
    vertices: int
    area: float
    total_difference: float
    largest_difference: float
    neighbours: int


def check(
    layer: geopandas.GeoDataFrame, regions: Sequence[Region], neighbours: int | None = None
) -> Measured:
    """The measured layer if it is a flawless coverage of the `regions`; else a ContractError lists the flaws.

    `regions` are the official ones this layer must show, `neighbours` the number of pairs it must have (None:
    not checked).
    """
    # Each later question only makes sense once the earlier ones have no flaw.
    flaws = (
        list(_flaws_of_codes(layer, regions)) or list(_flaws_of_shapes(layer)) or list(_flaws_of_fit(layer))
    )
    if flaws:
        raise _refused(flaws)
    measured = _measure(layer, regions)
    flaws = list(_flaws_of_size(layer, regions, measured))
    if neighbours is not None and measured.neighbours != neighbours:
        flaws.append(f"{measured.neighbours} pairs of neighbours instead of {neighbours}")
    if flaws:
        raise _refused(flaws)
    return measured


def neighbour_pairs(layer: geopandas.GeoDataFrame) -> set[tuple[str, str]]:
    """The pairs of codes with more than 2 km of common border, narrow water counted as border."""
    return {pair for pair, metres in common_borders(layer).items() if metres > NEIGHBOUR_METRES}


def _measure(layer: geopandas.GeoDataFrame, regions: Sequence[Region]) -> Measured:
    areas = _areas(layer)
    return Measured(
        units=len(layer),
        vertices=int(shapely.get_num_coordinates(layer.geometry.to_numpy()).sum()),
        area=sum(areas.values()),
        total_difference=sum(areas.values()) / sum(region.area_km2 for region in regions) - 1,
        largest_difference=max(abs(areas[region.code] / region.area_km2 - 1) for region in regions),
        neighbours=len(neighbour_pairs(layer)),
    )


def _areas(layer: geopandas.GeoDataFrame) -> dict[str, float]:
    square_metres = layer.to_crs(EQUAL_AREA).area
    return {str(code): float(area) / 1e6 for code, area in square_metres.items()}


def _flaws_of_codes(layer: geopandas.GeoDataFrame, regions: Sequence[Region]) -> Iterator[str]:
    found, expected = [str(code) for code in layer.index], {region.code for region in regions}
    if len(found) != len(set(found)):
        yield "a code occurs twice"
    if missing := sorted(expected - set(found)):
        yield f"no shape for {', '.join(missing)}"
    if unknown := sorted(set(found) - expected):
        yield f"unknown codes {', '.join(unknown)}"


def _flaws_of_shapes(layer: geopandas.GeoDataFrame) -> Iterator[str]:
    for code, shape in layer.geometry.items():
        yield from (f"{code} {flaw}" for flaw in _flaws_of_shape(shape))


def _flaws_of_fit(layer: geopandas.GeoDataFrame) -> Iterator[str]:
    shapes = layer.geometry.to_numpy()
    if not shapely.coverage_is_valid(shapes):
        yield "neighbours overlap or do not fit together"
    elif any(_has_hole(part) for part in shapely.get_parts(shapely.coverage_union_all(shapes))):
        yield "there is a gap between neighbours"


def _flaws_of_shape(shape: Any) -> Iterator[str]:
    if shape is None or shape.is_empty or shape.geom_type not in ("Polygon", "MultiPolygon"):
        yield "is not an area"
        return
    parts = shapely.get_parts(shape)
    if not shapely.is_valid(shape):
        yield f"is invalid ({shapely.is_valid_reason(shape)})"
    if any(_has_hole(part) for part in parts):
        yield "has a hole"
    if shapely.is_ccw(shapely.get_exterior_ring(parts)).any():
        yield "is drawn counter-clockwise"


def _has_hole(part: Any) -> bool:
    return bool(shapely.get_num_interior_rings(part))


def _flaws_of_size(
    layer: geopandas.GeoDataFrame, regions: Sequence[Region], measured: Measured
) -> Iterator[str]:
    if abs(measured.total_difference) > TOTAL_TOLERANCE:
        yield f"the total area differs from the official one by {measured.total_difference:+.1%}"
    areas = _areas(layer)
    for region in regions:
        difference = areas[region.code] / region.area_km2 - 1
        if abs(difference) > UNIT_TOLERANCE:
            yield f"the area of {region.name} differs from the official one by {difference:+.0%}"


def _refused(flaws: Sequence[str]) -> ContractError:
    return ContractError(
        f"{'; '.join(flaws)}.",
        "boundaries",
        "Nothing was published. Install the pinned requirements (make setup) and run the build again.",
    )
