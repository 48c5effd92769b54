"""Governments a roster can belong to; known before the first warehouse is built."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache

import settings
from language import Words


def governments(w: Words) -> Mapping[str, str]:
    """Names by Kemendagri code: every province followed by its regencies and cities."""
    return {
        code: w("loading.form.province", name=name) if level == "province" else name
        for code, level, name in _regions()
    }


@cache
def _regions() -> tuple[tuple[str, str, str], ...]:
    with (settings.read().reference / "regions.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["code"], row["level"], row["name"]) for row in csv.DictReader(file)]
    return tuple(sorted(rows))
