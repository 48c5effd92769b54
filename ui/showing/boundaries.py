"""Where the browser finds the boundaries, and whom to thank for them."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from charts.map import Layer
from errors import WarehouseError
from language import Words

FOLDER: Final = Path(__file__).resolve().parents[2] / "static" / "geo"
ADDRESS: Final = "app/static/geo/"


def layer(by: str, selected: str | None = None, *, whole: bool = True) -> Layer:
    """Geometry of provinces or of regencies and cities, by relative address.

    Where the `whole` island is shown the view is its frame, which is narrower than what Plotly fits by itself.
    """
    files = _manifest()
    west, south, east, north = files["bounds"]
    frame = (west, south, east, north) if whole else None
    provinces = ADDRESS + files["provinces"]
    if by == "province":
        return Layer(units=provinces, selected=selected, bounds=frame)
    return Layer(units=ADDRESS + files["overview"], provinces=provinces, selected=selected, bounds=frame)


def attribution(w: Words) -> str:
    """The line that stands under every map."""
    text: str = _manifest()["attribution"][w.lang]
    return text


def _manifest() -> dict[str, Any]:
    path = FOLDER / "manifest.json"
    try:
        return _read(path, path.stat().st_mtime_ns)
    except (OSError, ValueError) as error:
        raise WarehouseError("The boundaries are missing.", path.name, "Run python -m geo build.") from error


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content
