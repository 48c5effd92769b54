"""Curves of waiting, and the comparison of examining bodies, of places whose counts are told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from etl.following.again import Curve, betraying, drawn_on, may_compare, plain, points_of
from etl.following.remembering import Telling, remember

if TYPE_CHECKING:
    from stats.waiting.waits import Wait

Row = Mapping[str, Any]
Line = dict[str, Any]
ALL: Final = "all"
BOTH: Final = "both"
BODIES: Final = ("kasn", "bkn")
DECISION: Final = "decision"
_PARTS: Final = ("done", "waiting", "ended", "undated")
RESTS_ON: Final[Mapping[str, tuple[str, ...]]] = {
    "to_forwarded": ("persons", "stage=examination"),
    "to_recommended": ("persons", "is_recommended=true", "stage=decision"),
    "to_decided": ("persons", "is_decided=true", "stage=delivery"),
    "to_effective": (
        "persons",
        "stage=effect",
        *(f"part={part}&stage=effect" for part in ("done", "late", "undated")),
        "part=done&stage=remedy",
    ),
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
_ENDS: Final = 2
"""Steps that every curve has, its first day and its last."""
_DIGITS: Final = 2
"""Shares are told in whole percent: more digits would spell out numerator and denominator."""


class Curves:
    """Rows of open_wait, open_wait_step, open_wait_risk and open_bodies, place after place; provinces before all Kalimantan.

    `told` is what all releases before have told, and then this one, by place, body and stage.
    """

    def __init__(self, k: int, told: dict[str, list[Telling]] | None = None) -> None:
        self.k = k
        self.told = {} if told is None else told
        self._before = frozenset(self.told)
        self.waits: list[Line] = []
        self.steps: list[Line] = []
        self.risk: list[Line] = []
        self.bodies: list[Line] = []

    def add(self, place: str, rows: Sequence[Row], known: Collection[str]) -> None:
        """The curves of a place from its rows (stage, body, state, days, persons); `known` are the measures published of it."""
        for stage, base in RESTS_ON.items():
            own = [row for row in rows if row["stage"] == stage]
            if all(measure in known for measure in base) and not is_small_among(_ends(own), self.k):
                curve = Curve(place, ALL, stage)
                found = self._telling(curve, own, has_table=all(count in known for count in below(stage)))
                if found:
                    self._tell(curve, found)
                    if stage == DECISION:
                        self._compare(place, own)

    def _compare(self, place: str, rows: Sequence[Row]) -> None:
        """Both bodies and the test, where no body and no end of one has so few persons that the others would betray them."""
        by_body = {body: [row for row in rows if row["body"] == body] for body in BODIES}
        others = [row for row in rows if row["body"] not in BODIES]
        unknown = sum(row["persons"] for row in others)
        ends = [unknown, *(n for own in by_body.values() for n in _ends(own))]
        if is_small_among(ends, self.k):
            return
        curves = {body: Curve(place, body, DECISION) for body in BODIES}
        found = {body: self._telling(curves[body], own, has_table=True) for body, own in by_body.items()}
        told = [telling for telling in found.values() if telling]
        if len(told) < len(BODIES):
            return
        from stats.waiting.rounding import told as rounded
        from stats.waiting.verdict import verdict

        tested = verdict(by_body.values()) if all(one["steps"] for one in told) else None
        line = {
            "place_code": place,
            "statistic": None if tested is None else round(tested.statistic, 2),
            "p": None if tested is None else round(tested.p, 4),
            "unknown": rounded(unknown, self.k),
        }
        compared, telling = Curve(place, BOTH, DECISION), {"k": self.k, "rows": plain(rows), "line": line}
        if may_compare(self.told.get(compared.name, []), telling):
            self.bodies.append(line)
            remember(self.told, compared.name, telling)
            for body, own in zip(BODIES, told, strict=True):
                self._tell(curves[body], own)

    def _tell(self, curve: Curve, telling: Telling) -> None:
        self.waits.append(telling["wait"])
        self.steps += telling["steps"]
        self.risk += telling["risk"]
        remember(self.told, curve.name, telling)

    def _telling(self, curve: Curve, rows: Sequence[Row], *, has_table: bool) -> Telling | None:
        """What may be told of a curve beside all that was; None where that is nothing."""
        from stats.waiting.waits import MARKS

        earlier, persons = self.told.get(curve.name, []), plain(rows)
        for one in reversed(earlier):
            # The same persons are told as they were: nobody learns anything from that.
            if one["k"] == self.k and one["rows"] == persons:
                return one
        points = points_of(earlier, rows, self._apart(curve), self.k) if earlier else (None, MARKS)
        if points is None:
            return None
        days, marks = points
        key = {"place_code": curve.place, "body": curve.body, "stage": curve.stage}
        found, steps = self._stepped(key, rows, days, earlier)
        if any(drawn_on(one) for one in earlier) and len(steps) <= _ENDS:
            return None
        # Where nobody is left out, the persons are a published count.
        everybody = sum(row["persons"] for row in rows)
        subjects = everybody if curve.body == ALL and found.left_out == 0 else found.subjects
        return {
            "k": self.k,
            "rows": persons,
            "wait": {**key, "subjects": subjects, "left_out": found.left_out, "median": found.median},
            "steps": steps,
            "risk": _risk(key, found, marks if has_table else ()),
        }

    def _stepped(
        self, key: Row, rows: Sequence[Row], days: Collection[int] | None, earlier: Sequence[Telling]
    ) -> tuple[Wait, list[Line]]:
        """The curve and its steps on some of the days, all of them where there are none."""
        from stats.waiting.waits import wait

        found = wait(key["stage"], rows, self.k, days)
        steps = _steps(key, found)
        gone = betraying(earlier, rows, steps)
        return self._stepped(key, rows, frozenset(days or ()) - gone, earlier) if gone else (found, steps)

    def _apart(self, curve: Curve) -> list[frozenset[str]]:
        """The provinces whose curves are told, and of these the ones that were told before, too: what they leave of all Kalimantan
        can be subtracted."""
        alike = [line for line in self.waits if (line["body"], line["stage"]) == curve[1:]]
        now = frozenset(line["place_code"] for line in alike) - {curve.place}
        before = frozenset(place for place in now if curve._replace(place=place).name in self._before)
        return [now, before]


def _steps(key: Row, found: Wait) -> list[Line]:
    rows = enumerate(found.steps.to_dict("records"))
    return [
        {
            **key,
            "step_number": number,
            "day": int(step["day"]),
            **{name: round(float(step[name]), _DIGITS) for name in ("share", "lower", "upper")},
        }
        for number, step in rows
    ]


def _risk(key: Row, found: Wait, marks: Collection[int]) -> list[Line]:
    # A small count in a row could be narrowed by the three others and the total.
    told = found.risk.notna().all(axis=1) & found.risk["day"].isin(list(marks))
    lines = []
    for row, is_told in zip(found.risk.to_dict("records"), told, strict=True):
        counts = {str(name): int(row[name]) if is_told else None for name in found.risk.columns[1:]}
        lines.append({**key, "day": int(row["day"]), **counts})
    return lines


def is_small_among(counts: Iterable[int], k: int) -> bool:
    """Whether any count is one of 1 to k-1."""
    return any(0 < count < k for count in counts)


def _ends(rows: Sequence[Row]) -> list[int]:
    """Persons by how their waiting stands: reached, ended otherwise, still waiting, without usable dates."""
    counts = dict.fromkeys([*_STATES.values(), "undated"], 0)
    for row in rows:
        counts[_STATES.get(row["state"], "undated")] += row["persons"]
    return list(counts.values())
