"""The OpenAPI 3.1 description of the addresses, from the same lists that they are read by."""

from __future__ import annotations

import json
from typing import Any, Final

from exports import offer
from exports.package.descriptor import LICENCE, MEDIA, both
from exports.rendered import FORMS
from language import LANGUAGES
from metrics.definition import definitions
from ui.serving.files import asked
from ui.serving.files.served import PDF
from warehouse.selection import EMPLOYMENT, PARAMETERS, STATUSES

VERSION: Final = "1"
_TEXT: Final = {"type": "string"}
_FIXED: Final = {"statuses": STATUSES, "employment": EMPLOYMENT}


def document(mount: str) -> bytes:
    """The description as JSON; `mount` is the path that the addresses begin with."""
    content = {
        "openapi": "3.1.0",
        "info": {
            "title": both("files.title"),
            "version": VERSION,
            "description": both("files.about"),
            "license": {"name": LICENCE["title"], "url": LICENCE["path"]},
        },
        "servers": [{"url": mount or "/"}],
        "paths": {
            "/openapi.json": _read("openapi", {"200": _json({"type": "object"}), "304": _same()}),
            "/builds": _read("builds", {"200": _json(_BUILDS)}),
            "/{build}/answers/{file}": _read("answer", _given(_media(), ("400", "404", "410")), [_BUILD, _file(), *_query()]),
            "/{build}/lembar/{place}.pdf": _read(
                "sheet", _given(_binary(PDF), ("400", "404", "410")), [_BUILD, _PLACE, _LANGUAGE, *_filters()]
            ),
            "/{build}/package.zip": _read(
                "package", _given(_binary("application/zip"), ("400", "404", "410")) | {"206": _ok(_binary("application/zip")),
                "416": {"description": "Range Not Satisfiable"}}, [_BUILD]
            ),
        },
        "components": {"schemas": {"Error": _ERROR}},
    }  # fmt: skip
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


_BUILD: Final = {
    "name": "build",
    "in": "path",
    "required": True,
    "description": "build_id, or current",
    "schema": {"type": "string", "minLength": 1, "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$"},
    "example": asked.CURRENT,
}
_PLACE: Final = {
    "name": "place",
    "in": "path",
    "required": True,
    "description": both("files.parameter.place"),
    "schema": {"type": "string", "pattern": r"^(kalimantan|(pemprov-)?\d\d|\d{4})$"},
    "example": "kalimantan",
}
_BUILDS: Final = {
    "type": "object",
    "required": ["builds"],
    "properties": {
        "builds": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["build_id", "built_at", "content_hash", "is_current"],
                "properties": {
                    "build_id": _TEXT,
                    "built_at": _TEXT,
                    "content_hash": _TEXT,
                    "is_current": {"type": "boolean"},
                },
            },
        }
    },
}
_ERROR: Final = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message"],
            "properties": {
                "code": _TEXT,
                "message": {
                    "type": "object",
                    "required": ["id", "en"],
                    "properties": {"id": _TEXT, "en": _TEXT},
                },
                "allowed": {"type": "array", "items": _TEXT},
            },
        }
    },
}


def _read(name: str, responses: dict[str, Any], parameters: list[Any] | None = None) -> dict[str, Any]:
    faults = {status: _fault() for status in ("400", "503") if status not in responses}
    operation = {
        "summary": both(f"files.read.{name}"),
        "parameters": parameters or [],
        "responses": responses | faults,
    }
    return {method: {**operation, "operationId": f"{method}_{name}"} for method in ("get", "head")}


def _given(content: dict[str, Any], faults: tuple[str, ...]) -> dict[str, Any]:
    moved = {"description": both("files.moved"), "headers": {"location": {"schema": _TEXT}}}
    return {"200": _ok(content), "304": _same(), "307": moved, **{status: _fault() for status in faults}}


def _query() -> list[dict[str, Any]]:
    groups = sorted({group for metric in definitions().values() for group in metric.groups})
    # An empty parameter is one that is not given; units and periods have no such value.
    splits = {"by": offer.LEVELS, "period": offer.PERIODS, "group": [*groups, ""]}
    split = [_parameter(name, {"type": "string", "enum": list(values)}) for name, values in splits.items()]
    return [*split, *_filters()]


def _filters() -> list[dict[str, Any]]:
    found = []
    for name, parameter in PARAMETERS.items():
        schema: dict[str, Any] = {"type": "string"}
        if name in ("since", "until"):
            schema["pattern"] = r"^(\d{4}-\d\d-\d\d)?$"
        elif name in _FIXED:
            one = "|".join(_FIXED[name])
            schema["pattern"] = f"^(({one})(,({one}))*)?$"
        found.append(_parameter(parameter, schema))
    return found


def _parameter(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": both(f"files.parameter.{name}"),
        "schema": schema,
    }


_LANGUAGE: Final = _parameter("bahasa", {"type": "string", "enum": [*LANGUAGES, ""]})


def _file() -> dict[str, Any]:
    names = [f"{metric}.{ending}" for metric in definitions() for ending in asked.ENDINGS]
    return {"name": "file", "in": "path", "required": True, "schema": {"type": "string", "enum": names}}


def _media() -> dict[str, Any]:
    types = dict.fromkeys([*(form.media for form in FORMS.values()), "application/zip"])
    return {media: {} for media in types if media in MEDIA.values()} | _binary("application/zip")


def _binary(media: str) -> dict[str, Any]:
    return {media: {}}


def _ok(content: dict[str, Any]) -> dict[str, Any]:
    return {"description": "OK", "headers": {"etag": {"schema": _TEXT}}, "content": content}


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": "OK", "content": {"application/json": {"schema": schema}}}


def _same() -> dict[str, Any]:
    return {"description": both("files.unchanged")}


def _fault() -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    return {"description": both("files.refused"), "content": content}
