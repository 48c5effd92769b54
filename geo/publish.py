"""The files of the map: GeoJSON named by its content, a manifest that points to it, replaced all at once."""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas
import shapely

from errors import ContractError
from geo.coverage import DEGREES, contiguous

MANIFEST = "manifest.json"
STEMS = {
    "overview": "kalimantan-overview",
    "detail": "kalimantan-detail",
    "provinces": "provinces-overview",
    "province_lines": "province-lines",
}
OURS = re.compile(rf"({'|'.join(STEMS.values())})\.[0-9a-f]{{10}}\.geojson")


@dataclass(frozen=True)
class Credit:
    """What is said under every map: the attribution in both languages and the year of the boundaries."""

    attribution: Mapping[str, str]
    year: int


def file_name(layer: str, content: bytes) -> str:
    """The name of a layer's file, which changes with its content."""
    return f"{STEMS[layer]}.{hashlib.sha256(content).hexdigest()[:10]}.geojson"


def areas_as_geojson(layer: geopandas.GeoDataFrame) -> bytes:
    """The FeatureCollection of a layer, features by code; the code is both `id` and property."""
    return _collection(
        _feature(
            str(code), {"code": str(code), "name": row["name"], "province": row["province"]}, row["geometry"]
        )
        for code, row in layer.sort_index().iterrows()
    )


def lines_as_geojson(lines: Any) -> bytes:
    """The FeatureCollection with one MultiLineString."""
    return _collection([_feature("province-lines", {}, lines)])


def read_areas(content: bytes) -> geopandas.GeoDataFrame:
    """The layer that `content` shows, indexed by feature id."""
    features = json.loads(content)["features"]
    layer = geopandas.GeoDataFrame.from_features(features, crs=DEGREES)
    layer.index = [feature["id"] for feature in features]
    return layer


def neighbours_as_csv(layer: geopandas.GeoDataFrame) -> str:
    """The table of neighbouring units that the warehouse reads: a line per pair, the smaller code first."""
    rows = ["region_code,neighbour_code,kind", *(",".join(pair) for pair in contiguous(layer))]
    return "\n".join(rows) + "\n"


def publish(contents: Mapping[str, bytes], credit: Credit, folder: Path) -> dict[str, Any]:
    """Replace the files in `folder` by `contents` (layer to GeoJSON) and return the new manifest.

    The manifest is swapped last and in one step: a ContractError leaves the previous boundaries as they were.
    """
    manifest: dict[str, Any] = {layer: file_name(layer, contents[layer]) for layer in STEMS}
    manifest |= {
        "attribution": dict(credit.attribution),
        "bounds": _bounds(contents["overview"], contents["detail"]),
        "year": credit.year,
    }
    files = {manifest[layer]: contents[layer] for layer in STEMS}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _swap(files, json.dumps(manifest, ensure_ascii=False, indent=2).encode() + b"\n", folder)
    except OSError as error:
        raise ContractError(
            f"cannot be written ({error.strerror or error}).",
            folder.name,
            "Nothing was published. Make the folder writable, or free some space, and run the build again.",
        ) from error
    _sweep(files, folder)
    return manifest


def _swap(files: Mapping[str, bytes], manifest: bytes, folder: Path) -> None:
    known = {path.name for path in folder.iterdir()}
    try:
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".geo-") as name:
            staging = Path(name)
            for target, content in {**files, MANIFEST: manifest}.items():
                (staging / target).write_bytes(content)
            for target in files:
                (staging / target).replace(folder / target)
            (staging / MANIFEST).replace(folder / MANIFEST)
    except OSError:
        for target in set(files) - known:
            (folder / target).unlink(missing_ok=True)
        raise


def _sweep(files: Mapping[str, bytes], folder: Path) -> None:
    for path in folder.iterdir():
        if OURS.fullmatch(path.name) and path.name not in files:
            try:
                path.unlink()
            except OSError as error:
                raise ContractError(
                    f"is of the previous boundaries and cannot be removed ({error.strerror or error}).",
                    path.name,
                    "The new boundaries are published. Delete the file by hand.",
                ) from error


def _feature(identity: str, properties: Mapping[str, str], shape: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": identity,
        "properties": dict(properties),
        "geometry": shapely.geometry.mapping(shape),
    }


def _collection(features: Any) -> bytes:
    collection = {"type": "FeatureCollection", "features": list(features)}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()


def _bounds(*contents: bytes) -> list[float]:
    """West, south, east, north of all layers together, in degrees."""
    west, south, east, north = zip(
        *(read_areas(content).total_bounds.tolist() for content in contents), strict=True
    )
    return [min(west), min(south), max(east), max(north)]
