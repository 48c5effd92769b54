"""How a package is cited: `CITATION.cff`, and the licence in both languages."""

from __future__ import annotations

import json

from exports.edition import Edition
from exports.package.descriptor import LICENCE, both


def cff(edition: Edition, title: str, receipt: str) -> bytes:
    """The citation after the Citation File Format 1.2.0; JSON texts are texts of YAML as well."""
    lines = {
        "cff-version": "1.2.0",
        "message": both("exports.cite"),
        "type": "dataset",
        "title": title,
        "version": edition.build.build_id,
        "date-released": edition.day,
        "license": LICENCE["name"],
    }
    told = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in lines.items()]
    told += ["authors:", '  - name: "Netra Kalimantan"', "identifiers:", "  - type: other"]
    told += [
        f"    value: {json.dumps(receipt)}",
        f"    description: {json.dumps(both('exports.receipt.name'))}",
    ]
    return ("\n".join(told) + "\n").encode()


def licence(boundaries: str | None) -> bytes:
    """What may be done with the files, and whom to name; `boundaries` where geometry is in the package."""
    told = [both("exports.licence"), LICENCE["path"]]
    if boundaries:
        told += ["", boundaries, "https://creativecommons.org/licenses/by/3.0/igo/"]
    return ("\n".join(told) + "\n").encode()
