"""Published totals beside the loaded registers, from the same protected answers that the other pages show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from language import Words, is_missing
from ui import results
from ui.ledger.compared import share, signed
from ui.showing.tables import Table
from ui.topics import evidence
from warehouse.rows import rows_of
from warehouse.selection import Selection

# A decision may be to impose nothing, so the registers have no count that means the same as "sanctioned".
METRICS: Final = {"reported": "alleged_persons", "recommended": "recommended_persons"}
REFUSED: Final = ("no_register", "simulated")
"""Why nothing is put side by side."""
LEVELS: Final = {"regency": "government", "government": "government", "area": "province"}
_HEAD: Final = ("published", "register")
Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class Standing:
    """Whether a comparison may be shown at all; `reason` is simulated, no_register or none."""

    reason: str

    @property
    def comparable(self) -> bool:
        """Whether the loaded registers are real."""
        return self.reason not in REFUSED


def standing() -> Standing:
    """Real figures are put beside real registers only: all registers must be real, and there must be one."""
    registers = [row for row in results.sources() if row.kind == "cases"]
    if not registers:
        return Standing("no_register")
    return Standing("simulated" if any(row.is_simulated for row in registers) else "none")


def lead(w: Words, stands: Standing) -> str:
    """What is put side by side, or why nothing is."""
    if stands.comparable:
        return w("ledger.loaded.lead", day=results.build().as_of)
    return w(f"ledger.loaded.{stands.reason}")


def rows(figures: pd.DataFrame) -> list[Mapping[str, Any]]:
    """Published totals in persons that the registers cover, each with `loaded`, `difference` and `relative`.

    A suppressed count is None, and so is every difference from it.
    """
    own = set(figures["figure_id"])
    found = [
        row
        for row in results.ask(rows_of, "mart_published_figure", "figure_id")
        if row["figure_id"] in own and _fits(row)
    ]
    counts = _counts(found)
    return [{**row, **_beside(row["count"], counts[_key(row)])} for row in found if _key(row) in counts]


def _fits(row: Mapping[str, Any]) -> bool:
    """Whether a figure counts what the registers can count: all persons of an area, up to a stage."""
    whole = row["is_cumulative"] and not row["part"] and not row["is_non_asn"] and not row["is_support_list"]
    return bool(whole and row["unit"] == "persons" and row["stage"] in METRICS and row["area_kind"] in LEVELS)


def _key(row: Mapping[str, Any]) -> Key:
    return row["stage"], row["area_kind"], row["area_code"], row["election_code"]


def _beside(count: int, answer: Mapping[Any, Any]) -> dict[str, Any]:
    if answer["suppressed"] or is_missing(answer["events"]):
        return {"loaded": None, "difference": None, "relative": None}
    loaded = int(answer["events"])
    difference = count - loaded
    return {"loaded": loaded, "difference": difference, "relative": difference / loaded if loaded else None}


def table(w: Words, selection: Selection) -> Table:
    """A row per published total: the figure, the registers' count, the difference or that it is withheld."""
    found = rows(evidence.figures(selection))
    names = results.elections(w)
    head = (
        *(w(f"pages.published.columns.{name}") for name in ("number", "area", "election", "stage")),
        *(w(f"ledger.loaded.{name}") for name in _HEAD),
        w("ledger.compared.difference"),
        w("ledger.loaded.share"),
    )
    cells = tuple(_row(w, row, names) for row in found)
    return Table(w("ledger.loaded.title"), head, cells, frozenset({4, 5, 6, 7}))


def _counts(found: Sequence[Mapping[str, Any]]) -> dict[Key, Mapping[Any, Any]]:
    """Protected counts by stage, kind of area, code and election; refused and simulated ones are left out."""
    counts: dict[Key, Mapping[Any, Any]] = {}
    elections = Selection(elections=tuple(row["election_code"] for row in found))
    for stage, kind in sorted({(row["stage"], row["area_kind"]) for row in found}):
        answer = results.of(METRICS[stage], elections, LEVELS[kind], period="election")
        for row in answer.frame.to_dict("records"):
            refused = not row["suppressed"] and row["refusal"] not in ("none", None)
            if not refused and not row["is_simulated"]:
                counts[stage, kind, str(row["unit_id"]), str(row["period"])] = row
    return counts


def _row(w: Words, row: Mapping[Any, Any], names: Mapping[str, str]) -> tuple[str, ...]:
    hidden = row["loaded"] is None
    return (
        str(row["figure_id"]),
        str(row["area_name"]),
        names[row["election_code"]],
        w(f"pages.published.stages.{row['stage']}"),
        w.number(row["count"]),
        w("ledger.loaded.withheld") if hidden else w.number(row["loaded"]),
        w("ledger.loaded.withheld") if hidden else signed(w, row["difference"]),
        "–" if hidden else share(w, row["relative"]),
    )
