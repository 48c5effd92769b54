"""Classes by evidence: whether a unit lies outside the limits of chance, not how high its value is.

A frame is judged when it has the columns `evidence` (one of VERDICTS) and `expected` (see metrics.comparing.evidence).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Final

from charts.measure import Measure, is_simulated
from charts.measure import hover as plain
from charts.shading.values import MapClass, counted
from charts.theme import Theme
from language import Value, Words, is_missing
from metrics.frame import Tidy, records

VERDICTS: Final = (
    "far_above", "above", "within", "below", "far_below", "too_few", "alone", "suppressed", "group_suppressed",
    "no_roster", "no_report", "outside",
)  # fmt: skip
JUDGED: Final = ("far_above", "above", "within", "below", "far_below")
# Each class has a sign besides its colour; "within" is the quiet one.
SIGNS: Final = {
    "far_above": "▲▲", "above": "▲", "within": "", "below": "▼", "far_below": "▼▼", "too_few": "?", "alone": "?",
    "suppressed": "•", "group_suppressed": "◇", "no_roster": "×", "no_report": "–", "outside": "○",
}  # fmt: skip
HATCHES: Final = {
    "too_few": ".",
    "alone": ".",
    "suppressed": "/",
    "group_suppressed": "+",
    "no_roster": "x",
    "no_report": "-",
    "outside": "|",
}
_UNDECIDED: Final = ("too_few", "alone", "group_suppressed")
"""Classes of units that have a number and no verdict."""
_ZERO, _HIDDEN = "0", "•"


@dataclass(frozen=True)
class Verdict(MapClass):
    """Units with the same evidence; `marks` says which of them have zero events (0) or a hidden count (•)."""

    verdict: str = "within"
    marks: Mapping[str, str] = field(default_factory=dict)

    def fill(self, theme: Theme) -> str:
        """Colour of the class: ochre above, blue below, neutral within."""
        if self.verdict in JUDGED:
            return theme.diverging[JUDGED.index(self.verdict)]
        of = {"suppressed": theme.suppressed, "no_roster": theme.no_roster}
        return of.get(self.verdict, theme.zero if self.verdict in _UNDECIDED else theme.refused)

    @property
    def sign(self) -> str:
        """Sign of the class."""
        return SIGNS[self.verdict]

    def signs(self) -> dict[str, str]:
        """Sign of every unit that has one, with the mark of a zero or of a hidden count."""
        found = {unit: f"{self.sign}{self.marks.get(unit, '')}" for unit in self.units}
        return {unit: sign for unit, sign in found.items() if sign}

    @property
    def key(self) -> str:
        """Entry in the legend: the sign first."""
        return f"{self.sign} {self.label}".strip()

    @property
    def on_tiles(self) -> bool:
        """Signs stand on tiles as well."""
        return True

    @property
    def hatch(self) -> str:
        """Pattern of the classes that are no judgement."""
        return HATCHES.get(self.verdict, "")


def is_judged(frame: Tidy) -> bool:
    """Whether the rows of a frame say what the evidence on their units is."""
    rows = records(frame)
    return bool(rows) and "evidence" in rows[0]


def by_evidence(frame: Tidy, *, words: Words) -> tuple[Verdict, ...]:
    """Classes of a judged frame in order from above to below, then those that are no judgement; empty ones left out."""
    rows = records(frame)
    found = []
    for verdict in VERDICTS:
        own = [row for row in rows if row["evidence"] == verdict]
        if own:
            marks = {str(row["unit_id"]): mark for row in own if (mark := _mark(row))}
            units = tuple(str(row["unit_id"]) for row in own)
            label = counted(words, words(f"evidence.class.{verdict}"), len(own))
            found.append(Verdict("value", None, label, units, verdict, marks))
    return tuple(found)


def hover(row: Mapping[Hashable, Value], words: Words, measure: Measure) -> list[str]:
    """Lines about one row: those of its value, then its class and how many events were to be expected."""
    name, *lines = plain(row, words, measure)
    if not is_missing(row["estimate"]) and float(row["estimate"]) > 0:
        lines[0] = f"{lines[0]} {measure.unit}"
    told = [words(f"evidence.class.{row['evidence']}")]
    if not is_missing(row["expected"]):
        told.append(words("evidence.expected", n=float(row["expected"])))
    return [name, *lines, *told]


def sentence(key: str, frame: Tidy, *, words: Words, measure: Measure) -> str:
    """What a judged map says: who is outside the limits, how many are within or cannot be judged, and what chance gives."""
    rows = records(frame)
    if not rows:
        return words("chart.no_rows")
    found = [(row["evidence"], row["unit_name"]) for row in rows]
    n = Counter(verdict for verdict, _ in found)
    parts = [words(key, title=measure.title, n=len(rows))]
    outside = [verdict for verdict in JUDGED if verdict != "within" and n[verdict]]
    for verdict in outside:
        names = words.listed(sorted(name for own, name in found if own == verdict))
        parts.append(f"{words(f'evidence.short.{verdict}')}: {names}")
    if not outside:
        parts.append(words(_nobody(n)))
    parts += [f"{words(f'evidence.short.{v}')}: {n[v]}" for v in VERDICTS if v not in outside and n[v]]
    judged = sum(n[verdict] for verdict in JUDGED)
    if judged:
        parts.append(words("evidence.alt.chance", n=judged, expected=round(judged * 0.05, 1)))
    if is_simulated(rows):
        parts.append(words("chart.alt.simulated"))
    return "; ".join(parts) + "."


def _nobody(n: Mapping[str, int]) -> str:
    """What is said where no unit is outside the limits."""
    if n["within"]:
        return "evidence.alt.none"
    return "evidence.alt.group_suppressed" if n["group_suppressed"] else "unknown.map"


def _mark(row: Mapping[Hashable, Value]) -> str:
    if bool(row["suppressed"]):
        return _HIDDEN if row["evidence"] != "suppressed" else ""
    return _ZERO if not is_missing(row["estimate"]) and float(row["estimate"]) == 0 else ""
