"""Curves of waiting, and the comparison of examining bodies, of places whose counts are told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from stats.waiting.waits import Wait

Row = Mapping[str, Any]
Line = dict[str, Any]
ALL: Final = "all"
BODIES: Final = ("kasn", "bkn")
DECISION: Final = "decision"
_PARTS: Final = ("done", "waiting", "ended", "undated")
RESTS_ON: Final[Mapping[str, tuple[str, ...]]] = {
    "to_forwarded": ("persons", "stage=examination"),
    "to_recommended": ("persons", "is_recommended=true", "stage=decision"),
    "to_decided": ("persons", "is_decided=true", "stage=delivery"),
    "to_effective": ("persons", "stage=effect", "part=done&stage=effect", "part=late&stage=effect"),
    DECISION: ("persons", "stage=decision", *(f"part={part}&stage=decision" for part in _PARTS)),
}
"""The counts of open_cell that a curve would give away: where one of them is not published, there is no curve."""
_LIMITED: Final = ("review", "delivery", "effect")
_BEFORE: Final[Mapping[str, tuple[str, ...]]] = {
    "to_forwarded": ("intake", "review"),
    "to_recommended": ("intake", "review", "examination"),
    "to_decided": ("intake", "review", "examination", DECISION),
    "to_effective": ("intake", "review", "examination", DECISION, "delivery", "effect", "remedy"),
    DECISION: (),
}


def below(stage: str) -> tuple[str, ...]:
    """The counts that the table below a curve would give away as well: who has not got there, and how that stands."""
    return tuple(
        f"part={part}&stage={before}"
        for before in _BEFORE[stage]
        for part in ("waiting", "overdue", "ended", "undated")
        if part != "overdue" or before in _LIMITED
    )


_STATES: Final = {"done": "done", "ended": "ended", "open": "open"}
_DIGITS: Final = 2
"""Shares are told in whole percent: more digits would spell out numerator and denominator."""


class Curves:
    """Rows of open_wait, open_wait_step, open_wait_risk and open_bodies, place after place."""

    def __init__(self, k: int) -> None:
        self.k = k
        self.waits: list[Line] = []
        self.steps: list[Line] = []
        self.risk: list[Line] = []
        self.bodies: list[Line] = []

    def add(self, place: str, rows: Sequence[Row], known: Collection[str]) -> None:
        """The curves of a place from its rows (stage, body, state, days, persons); `known` are the measures published of it."""
        for stage, base in RESTS_ON.items():
            own = [row for row in rows if row["stage"] == stage]
            if all(measure in known for measure in base) and not is_small_among(_ends(own), self.k):
                self._wait((place, ALL, stage), own, has_table=all(count in known for count in below(stage)))
                if stage == DECISION:
                    self._compare(place, own)

    def _compare(self, place: str, rows: Sequence[Row]) -> None:
        """Both bodies and the test, where no body and no end of one has so few persons that the others would betray them."""
        by_body = {body: [row for row in rows if row["body"] == body] for body in BODIES}
        unknown = sum(row["persons"] for row in rows if row["body"] not in BODIES)
        ends = [unknown, *(n for own in by_body.values() for n in _ends(own))]
        if is_small_among(ends, self.k):
            return
        waits = [self._wait((place, body, DECISION), own, has_table=True) for body, own in by_body.items()]
        from stats.waiting.rounding import told
        from stats.waiting.verdict import verdict

        found = verdict(by_body.values()) if all(own.is_drawn for own in waits) else None
        self.bodies.append({
            "place_code": place,
            "statistic": None if found is None else round(found.statistic, 2),
            "p": None if found is None else round(found.p, 4),
            "unknown": told(unknown, self.k),
        })  # fmt: skip

    def _wait(self, curve: tuple[str, str, str], rows: Sequence[Row], *, has_table: bool) -> Wait:
        from stats.waiting.waits import wait

        place, body, stage = curve
        found = wait(stage, rows, self.k)
        key = {"place_code": place, "body": body, "stage": stage}
        everybody = sum(row["persons"] for row in rows)
        # Where nobody is left out, the persons are a published count.
        subjects = everybody if body == ALL and found.left_out == 0 else found.subjects
        self.waits.append({**key, "subjects": subjects, "left_out": found.left_out, "median": found.median})
        for number, step in enumerate(found.steps.to_dict("records")):
            shares = {name: round(float(step[name]), _DIGITS) for name in ("share", "lower", "upper")}
            self.steps.append({**key, "step_number": number, "day": int(step["day"]), **shares})
        # A small count in a row could be narrowed by the three others and the total.
        told = found.risk.notna().all(axis=1) & has_table
        for row, is_told in zip(found.risk.to_dict("records"), told, strict=True):
            counts = {str(name): int(row[name]) if is_told else None for name in found.risk.columns[1:]}
            self.risk.append({**key, "day": int(row["day"]), **counts})
        return found


def is_small_among(counts: Iterable[int], k: int) -> bool:
    """Whether any count is one of 1 to k-1."""
    return any(0 < count < k for count in counts)


def _ends(rows: Sequence[Row]) -> list[int]:
    """Persons by how their waiting stands: reached, ended otherwise, still waiting, without usable dates."""
    counts = dict.fromkeys([*_STATES.values(), "undated"], 0)
    for row in rows:
        counts[_STATES.get(row["state"], "undated")] += row["persons"]
    return list(counts.values())
