"""Published totals beside the loaded registers, from the same protected answers that the other pages show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from language import Words, is_missing
from ui import results
from ui.ledger.compared import share, signed
from ui.showing.tables import Table
from ui.topics import evidence
from warehouse import reference
from warehouse.selection import Selection

# A decision may be to impose nothing, so the registers have no count that means the same as "sanctioned".
METRICS: Final = {"reported": "alleged_persons", "recommended": "recommended_persons"}
LEVELS: Final = {"regency": "government", "government": "government", "area": "province"}
_HEAD: Final = ("published", "register")


@dataclass(frozen=True)
class Standing:
    """Whether a comparison may be shown at all; `reason` is simulated, no_register or none."""

    reason: str

    @property
    def comparable(self) -> bool:
        """Whether the loaded registers are real."""
        return self.reason == "none"


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


def rows(figures: pd.DataFrame) -> pd.DataFrame:
    """Published totals in persons with the loaded count of their area, election and stage.

    Columns of mart_published_figure and loaded, difference, relative, withheld. A suppressed count and every difference
    from it are missing; so is a count that the registers do not cover.
    """
    found = results.ask(reference.frame_of, "mart_published_figure", ["figure_id"])
    found = found[
        found["figure_id"].isin(figures["figure_id"])
        & found["is_cumulative"]
        & (found["unit"] == "persons")
        & (found["part"] == "")
        & ~found["is_non_asn"]
        & ~found["is_support_list"]
        & found["stage"].isin(list(METRICS))
        & found["area_kind"].isin(list(LEVELS))
    ].reset_index(drop=True)
    counts = _counts(found)
    keys = list(
        zip(found["stage"], found["area_kind"], found["area_code"], found["election_code"], strict=True)
    )
    told = [counts.get(key) for key in keys]
    known = [row is not None for row in told]
    counts_of = [None if row is None or row["suppressed"] else row["events"] for row in told]
    found["loaded"] = pd.Series(counts_of, dtype="Float64")
    found["withheld"] = [bool(row is not None and row["suppressed"]) for row in told]
    found = found[known].reset_index(drop=True)
    found["difference"] = found["count"] - found["loaded"]
    found["relative"] = (found["difference"] / found["loaded"]).where(found["loaded"] > 0)
    return found


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
    cells = tuple(_row(w, row, names) for row in found.to_dict("records"))
    return Table(w("ledger.loaded.title"), head, cells, frozenset({4, 5, 6, 7}))


def _counts(found: pd.DataFrame) -> dict[tuple[str, str, str, str], Mapping[Any, Any]]:
    """Protected counts by stage, kind of area, code and election; refused and simulated ones are left out."""
    counts: dict[tuple[str, str, str, str], Mapping[Any, Any]] = {}
    elections = Selection(elections=tuple(found["election_code"]))
    for stage in sorted(set(found["stage"])):
        for kind in sorted(set(found.loc[found["stage"] == stage, "area_kind"])):
            answer = results.of(METRICS[stage], elections, LEVELS[kind], period="election")
            for row in answer.frame.to_dict("records"):
                refused = not row["suppressed"] and row["refusal"] not in ("none", None)
                if not refused and not row["is_simulated"]:
                    counts[stage, kind, str(row["unit_id"]), str(row["period"])] = row
    return counts


def _row(w: Words, row: Mapping[Any, Any], names: Mapping[str, str]) -> tuple[str, ...]:
    hidden = row["withheld"] or is_missing(row["loaded"])
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
