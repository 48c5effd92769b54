"""Published figures: what others have counted, each standing alone with its source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from language import Words, is_missing
from metrics.frame import ALL, WHOLE, typed
from ui import results
from ui.showing.tables import Cell, Link, Table
from warehouse import reference
from warehouse.selection import Selection

if TYPE_CHECKING:
    from warehouse.connection import Warehouse

OVERLAPS_SHOWN: Final = 4
_HEAD: Final = ("number", "area", "election", "stage", "count", "unit", "until", "overlaps", "source")


@dataclass(frozen=True)
class _About:
    """What a published figure is about, and who published it."""

    election: str
    place: str
    province: str
    publisher: str

    def meets(self, selection: Selection) -> bool:
        """Whether it is of the chosen places and elections; filters of persons do not apply."""
        if selection.elections and self.election not in selection.elections:
            return False
        if selection.governments:
            return self.place in selection.governments
        return not selection.provinces or self.province in selection.provinces


def _about(warehouse: Warehouse) -> tuple[_About, ...]:
    """Of every published figure what it is about, in their order."""
    rows = reference.published_figures(warehouse)
    places = rows["regency_code"].fillna(rows["province_code"])
    columns = (rows["election_code"], places, rows["province_code"], rows["publisher"])
    return tuple(_About(*one) for one in zip(*(column.tolist() for column in columns), strict=True))


def figures(selection: Selection) -> pd.DataFrame:
    """Published figures of the chosen places and elections, one row per figure; filters of persons do not apply."""
    kept = np.array([one.meets(selection) for one in results.ask(_about)], dtype=np.bool_)
    return results.ask(reference.published_figures)[kept].reset_index(drop=True)


def of_kalimantan(rows: pd.DataFrame) -> pd.DataFrame:
    """Figures about Kalimantan with a short name of their area; national ones would stretch every axis."""
    own = rows[rows["scope"] != "national"].reset_index(drop=True)
    places, governments = results.regions(), results.governments()
    codes = own["regency_code"].fillna(own["province_code"])
    employers = own["government_name"].str.startswith("Pemerintah Provinsi")
    return own.assign(
        area=[
            (governments if employer else places)[code].short_name
            for code, employer in zip(codes, employers, strict=True)
        ]
    )


def table(w: Words, selection: Selection) -> Table:
    """The figures of a selection as a table with stage, unit, cut-off, overlaps and source."""
    rows = figures(selection)
    names, overlaps = results.elections(w), _overlaps()
    head = tuple(w(f"pages.published.columns.{name}") for name in _HEAD)
    cells = tuple(_row(w, row, names, overlaps) for row in rows.to_dict("records"))
    return Table(w("pages.published.table"), head, cells, frozenset({4}))


def line(w: Words, selection: Selection) -> str:
    """How many figures have been published about a selection, and by how many publishers."""
    found = [one for one in results.ask(_about) if one.meets(selection)]
    publishers = {one.publisher for one in found if not is_missing(one.publisher)}
    return w("pages.overview.published_line", n=len(found), publishers=len(publishers))


def by_region(rows: pd.DataFrame) -> pd.DataFrame:
    """How many figures were published about each regency or city, as a tidy frame; counts are not added up."""
    found = rows["regency_code"].dropna().value_counts().sort_index()
    names = results.regions()
    known = [code for code in found.index if code in names]
    count = np.array([int(found[code]) for code in known], dtype=np.float64)
    missing, plain = np.full(len(known), np.nan), np.zeros(len(known), dtype=np.bool_)
    day = np.full(len(known), "NaT", dtype="datetime64[s]")
    return typed(
        {
            "unit_id": _objects(known), "unit_name": _objects(names[code].short_name for code in known),
            "period": _objects([WHOLE] * len(known)), "period_start": day, "period_end": day,
            "group": _objects([ALL] * len(known)), "events": count, "least": count, "most": count, "estimate": count,
            **dict.fromkeys(("exposure", "headcount", "lower", "upper", "level"), missing),
            "interval_method": _objects(["none"] * len(known)), "suppressed": plain,
            "refusal": _objects(["none"] * len(known)), "is_simulated": plain,
        }
    )  # fmt: skip


def _objects(values: Iterable[str]) -> NDArray[np.object_]:
    return np.array(list(values), dtype=object)


def _row(
    w: Words, row: Mapping[Any, Any], names: Mapping[str, str], overlaps: Mapping[str, list[str]]
) -> tuple[Cell, ...]:
    unit = w(f"pages.published.units.{row['unit']}")
    if row["is_cumulative"]:
        unit = f"{unit}, {w('pages.published.cumulative')}"
    # A date must not be broken at its hyphens.
    until = (
        "–"
        if is_missing(row["period_end"])
        else str(row["period_end"]).replace("-", "\N{NON-BREAKING HYPHEN}")
    )
    source = Link(f"{row['source_title']} ({row['publisher']})", row["url"])
    stage = w(f"pages.published.stages.{row['stage']}")
    election = names.get(row["election_code"], row["election"])
    shared = _some(overlaps.get(row["figure_id"], []))
    number = w.number(row["count"])
    return (row["figure_id"], row["government_name"], election, stage, number, unit, until, shared, source)


def _overlaps() -> dict[str, list[str]]:
    pairs = results.ask(reference.published_overlaps)
    return {str(one): sorted(group) for one, group in pairs.groupby("figure_id")["other_figure_id"]}


def _some(numbers: list[str]) -> str:
    if not numbers:
        return "–"
    rest = len(numbers) - OVERLAPS_SHOWN
    return ", ".join(numbers[:OVERLAPS_SHOWN]) + (f" +{rest}" if rest > 0 else "")
