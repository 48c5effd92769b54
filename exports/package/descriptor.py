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
    "gpkg": "application/geopackage+sqlite3",
}
"""Media types by ending."""


def both(key: str, **values: Any) -> str:
    """A text in Indonesian and English, divided by a stroke."""
    return " / ".join(dict.fromkeys(words(lang)(key, **values) for lang in LANGUAGES))


def schema(
    decimal: str = ".",
    types: Mapping[str, str] = columns.TYPES,
    keys: Sequence[str] = columns.KEYS,
    meanings: Mapping[str, tuple[str, str]] | None = None,
) -> dict[str, Any]:
    """The Table Schema of rows with these columns; `meanings` in both languages where they are not those of an answer."""
    fields = [
        {"name": name, "type": kind, **_constraints(name, keys, meanings is None)}
        for name, kind in types.items()
    ]
    for field in fields:
        name = field["name"]
        told = " / ".join(meanings[name]) if meanings else both(f"download.columns.{name}")
        field["description"] = told
        if field["type"] == "number" and decimal != ".":
            field["decimalChar"] = decimal
    return {"fields": fields, "primaryKey": list(keys), "missingValues": [""]}


def loose(types: Mapping[str, str] = columns.TYPES, keys: Sequence[str] = columns.KEYS) -> dict[str, Any]:
    """The Table Schema of a Parquet file, whose own types say more.

    A whole number that may be missing is a number: pandas, and Frictionless through it, read it as one with a fraction.
    """
    kinds = {"integer": "number"}
    return schema(types={name: kinds.get(kind, kind) for name, kind in types.items()}, keys=keys)


def of(
    edition: Edition, about: Mapping[str, Any], files: Mapping[str, bytes], data: Mapping[str, Any]
) -> bytes:
    """The descriptor of a package; `about` holds its name, title and description, `data` the schemas of its tables by file."""
    resources = [
        resource(described(files, name), {"type": "table", **data[name]} if name in data else {})
        for name in files
        if name.rpartition(".")[2] in MEDIA
    ]
    return descriptor(edition, about, resources)


def descriptor(edition: Edition, about: Mapping[str, Any], resources: Sequence[Mapping[str, Any]]) -> bytes:
    """The descriptor with resources that are described already."""
    content = {
        "$schema": PROFILE,
        **about,
        "version": edition.build.build_id,
        **({"created": edition.build.built_at} if edition.build.built_at else {}),
        "licenses": [LICENCE],
        "contributors": [{"title": "Netra Kalimantan", "roles": ["publisher"]}],
        "sources": [_source(row.file_name, row.publisher) for row in edition.sources] or [_source("–", None)],
        "resources": list(resources),
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def resource(file: Mapping[str, Any], about: Mapping[str, Any]) -> dict[str, Any]:
    """A resource of a file, given its path, size and hash, and what else is known of it."""
    stem, _, ending = str(file["path"]).rpartition(".")
    told = {
        "name": f"{stem}-{ending}".replace("/", "-").lower(),
        **file,
        "format": ending,
        "mediatype": MEDIA[ending],
        **about,
    }
    if ending == "csv":
        told["encoding"] = "utf-8"
    if ending == "parquet":
        # The validator of Frictionless counts no bytes of a Parquet file, and calls any number wrong; the hash stays.
        del told["bytes"]
    if ending in ("geojson", "gpkg"):
        told["licenses"] = [LICENCE, BOUNDARIES]
    return told


def _constraints(name: str, keys: Sequence[str], of_answer: bool) -> dict[str, Any]:
    # A group that an answer is not split by is empty.
    rules: dict[str, Any] = {"required": True} if name in keys and name != "grouped_by" else {}
    if of_answer and name in columns.ALLOWED:
        rules["enum"] = list(columns.ALLOWED[name])
    return {"constraints": rules} if rules else {}


def _source(title: str, publisher: str | None) -> dict[str, str]:
    return {"title": f"{title} ({publisher})" if publisher else title}
