"""Corrections as the current build knows them: an old build cannot know what was found wrong in it later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from language import is_missing
from warehouse.rows import rows_of

if TYPE_CHECKING:
    from warehouse.connection import Warehouse

TEXTS = ("title", "was", "now")
CODES = ("figures", "tables", "regions", "elections", "builds", "receipts")


@dataclass(frozen=True)
class Correction:
    """What was shown wrongly, from when until when. No figures, tables, regions or elections mean all of them.

    `corrected_on` is the day of the first right build, None while it is still wrong.
    """

    correction_id: str
    published_on: date
    wrong_since: date
    corrected_on: date | None
    last_build: str | None
    kind: str
    raised_by: str
    texts: Mapping[str, str] = field(hash=False)
    figures: frozenset[str] = frozenset()
    tables: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    elections: frozenset[str] = frozenset()
    builds: frozenset[str] = frozenset()
    receipts: frozenset[str] = frozenset()

    @property
    def builds_of_receipts(self) -> frozenset[str]:
        """The builds of the receipts that it names."""
        return frozenset(one.partition(":")[0] for one in self.receipts)

    def text(self, part: str, lang: str) -> str:
        """`title`, `was` or `now` in the language `id` or `en`."""
        return self.texts[f"{part}_{'en' if lang == 'en' else 'id'}"]


@dataclass(frozen=True)
class Shown:
    """What a receipt stands for: its build with the day it was made, and what of it was shown; nothing named means all.

    Regions are Kemendagri codes; a province holds its regencies. A receipt is a short one, `build:hash`, of twelve characters
    of the hash or more.
    """

    build_id: str
    built_on: date | None = None
    receipt: str | None = None
    figures: frozenset[str] = frozenset()
    tables: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    elections: frozenset[str] = frozenset()


def corrections(warehouse: Warehouse) -> tuple[Correction, ...]:
    """All corrections, the latest first."""
    codes: dict[tuple[str, str], set[str]] = {}
    for row in rows_of(warehouse, "core_correction_scope", "correction_id", "scope", "code"):
        codes.setdefault((row["correction_id"], f"{row['scope']}s"), set()).add(row["code"])
    rows = rows_of(warehouse, "core_correction", "correction_id")
    found = [_correction(row, codes) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.published_on, one.correction_id), reverse=True))


def touching(warehouse: Warehouse, shown: Shown) -> tuple[Correction, ...]:
    """The corrections that touch what was shown, the latest first; `warehouse` is the current one, whatever build was shown.

    One that names the receipt touches it. Else the build must be one of those named, or, where neither builds nor receipts are
    named, made in the days while it was wrong; and the figures, tables, regions and elections must have something in common.
    What is shown without a receipt may be any figure of its build: a correction of one of that build's receipts touches it.
    """
    return tuple(one for one in corrections(warehouse) if _touches(one, shown))


def _touches(one: Correction, shown: Shown) -> bool:
    if shown.receipt and any(_same(shown.receipt, named) for named in one.receipts):
        return True
    return _in_build(one, shown) and all(
        not left or not right or _meet(left, right, within=name == "regions")
        for name in ("figures", "tables", "regions", "elections")
        for left, right in [(getattr(one, name), getattr(shown, name))]
    )


def _in_build(one: Correction, shown: Shown) -> bool:
    if shown.build_id in one.builds or (shown.build_id in one.builds_of_receipts and not shown.receipt):
        return True
    if one.receipts or (one.builds and shown.build_id != one.last_build):
        return False
    if shown.build_id == one.last_build:
        return True
    if shown.built_on is None:
        return False
    return one.wrong_since <= shown.built_on and (
        one.corrected_on is None or shown.built_on < one.corrected_on
    )


def _same(left: str, right: str) -> bool:
    """Whether two receipts are the same one, which may be written with more or fewer characters of its hash."""
    return left.startswith(right) or right.startswith(left)


def _meet(left: frozenset[str], right: frozenset[str], within: bool) -> bool:
    if not within:
        return bool(left & right)
    return any(a.startswith(b) or b.startswith(a) for a in left for b in right)


def _correction(row: Mapping[str, Any], codes: Mapping[tuple[str, str], set[str]]) -> Correction:
    number, last = str(row["correction_id"]), row["last_build"]
    return Correction(
        correction_id=number,
        published_on=_day(row["published_on"]),
        wrong_since=_day(row["wrong_since"]),
        corrected_on=_maybe_day(row["corrected_on"]),
        last_build=None if is_missing(last) else str(last),
        kind=str(row["kind"]),
        raised_by=str(row["raised_by"]),
        texts={f"{part}_{lang}": str(row[f"{part}_{lang}"]) for part in TEXTS for lang in ("id", "en")},
        **{name: frozenset(codes.get((number, name), ())) for name in CODES},
    )


def _maybe_day(value: Any) -> date | None:
    return None if is_missing(value) else _day(value)


def _day(value: Any) -> date:
    return date(value.year, value.month, value.day)
