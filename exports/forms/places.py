"""The rows with their boundaries: GeoJSON of provinces, or of regencies and cities."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from errors import SelectionError, WarehouseError
from exports.columns import Columns, Value

FOLDER: Final = Path(__file__).resolve().parents[2] / "static" / "geo"
LEVELS: Final[Mapping[str, str]] = {"province": "provinces", "government": "overview"}
"""Breakdowns whose units are places, and where the manifest of the boundaries names them."""
Geometry = dict[str, Any]


def geojson_of(columns: Columns, by: str, told: Mapping[str, str]) -> bytes:
    """A feature per row; a provincial government is an employer without an area, so its geometry is null.

    Rings run as RFC 7946 wants them. A breakdown without places is a SelectionError.
    """
    shapes, names = outlines(by), tuple(columns)
    features = [
        {
            "type": "Feature",
            "properties": {name: _plain(value) for name, value in zip(names, row, strict=True)},
            "geometry": shapes.get(str(row[names.index("unit_id")])),
        }
        for row in zip(*columns.values(), strict=True)
    ]
    content = {"type": "FeatureCollection", **told, "attribution": attribution(), "features": features}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def outlines(by: str) -> Mapping[str, Geometry]:
    """Geometry by code of the places of a breakdown; one without places is a SelectionError."""
    if by not in LEVELS:
        raise SelectionError(f"'{by}' has no places.", "by", f"Choose {' or '.join(LEVELS)}.")
    path = FOLDER / "manifest.json"
    try:
        name = json.loads(path.read_text(encoding="utf-8"))[LEVELS[by]]
        return _read(FOLDER / name)
    except (OSError, ValueError, KeyError) as error:
        raise WarehouseError("The boundaries are missing.", path.name, "Run python -m geo build.") from error


def attribution() -> str:
    """Whom to thank for the boundaries, in both languages."""
    told = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))["attribution"]
    return f"{told['id']} / {told['en']}"


@lru_cache(maxsize=2)
def _read(path: Path) -> Mapping[str, Geometry]:
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {feature["properties"]["code"]: _turned(feature["geometry"]) for feature in features}


def _turned(geometry: Geometry) -> Geometry:
    """Our files run clockwise for the browser's map; elsewhere an outer ring runs the other way."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    turned = [[ring[::-1] for ring in polygon] for polygon in polygons]
    return {**geometry, "coordinates": turned[0] if geometry["type"] == "Polygon" else turned}


def _plain(value: Value) -> str | int | float | bool | None:
    return value.isoformat() if isinstance(value, date) else value
