"""`datapackage.json` after the Data Package standard, version 2."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from exports import columns
from exports.edition import Edition
from exports.package.archive import described
from language import LANGUAGES, words

PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
LICENCE: Final = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0",
}
BOUNDARIES: Final = {
    "name": "CC-BY-3.0-IGO",
    "path": "https://creativecommons.org/licenses/by/3.0/igo/",
    "title": "Creative Commons Attribution 3.0 IGO",
}
MEDIA: Final = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "geojson": "application/geo+json",
}
"""Media types by ending."""


def both(key: str, **values: Any) -> str:
    """A text in Indonesian and English, divided by a stroke."""
    return " / ".join(dict.fromkeys(words(lang)(key, **values) for lang in LANGUAGES))


def schema(decimal: str = ".") -> dict[str, Any]:
    """The Table Schema of the rows of an answer."""
    return {
        "fields": [_field(name, decimal) for name in columns.TYPES],
        "primaryKey": list(columns.KEYS),
        "missingValues": [""],
    }


def of(
    edition: Edition, about: Mapping[str, Any], files: Mapping[str, bytes], data: Mapping[str, Any]
) -> bytes:
    """The descriptor of a package; `about` holds its name, title and description, `data` the schemas of its tables by file."""
    resources = [_resource(files, name, data.get(name)) for name in files if name.rpartition(".")[2] in MEDIA]
    return descriptor(edition, about, resources)


def descriptor(edition: Edition, about: Mapping[str, Any], resources: Sequence[Mapping[str, Any]]) -> bytes:
    """The descriptor with resources that are described already."""
    content = {
        "$schema": PROFILE,
        **about,
        "version": edition.build.build_id,
        "created": edition.build.built_at,
        "licenses": [LICENCE],
        "contributors": [{"title": "Netra Kalimantan", "roles": ["publisher"]}],
        "sources": [_source(row.file_name, row.publisher) for row in edition.sources] or [_source("–", None)],
        "resources": list(resources),
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _resource(files: Mapping[str, bytes], name: str, table: Mapping[str, Any] | None) -> dict[str, Any]:
    stem, _, ending = name.rpartition(".")
    told: dict[str, Any] = {
        "name": f"{stem}-{ending}".lower(),
        **described(files, name),
        "format": ending,
        "mediatype": MEDIA[ending],
    }
    if table:
        told |= {"type": "table", **table}
    if ending == "csv":
        told["encoding"] = "utf-8"
    if ending == "geojson":
        told["licenses"] = [LICENCE, BOUNDARIES]
    return told


def _field(name: str, decimal: str) -> dict[str, Any]:
    kind = columns.TYPES[name]
    field: dict[str, Any] = {"name": name, "type": kind, "description": both(f"download.columns.{name}")}
    if kind == "number" and decimal != ".":
        field["decimalChar"] = decimal
    constraints: dict[str, Any] = {"required": True} if name in columns.KEYS else {}
    if name in columns.ALLOWED:
        constraints["enum"] = list(columns.ALLOWED[name])
    return field | ({"constraints": constraints} if constraints else {})


def _source(title: str, publisher: str | None) -> dict[str, str]:
    return {"title": f"{title} ({publisher})" if publisher else title}
