"""The steps of the persons of hand-written cases, as the build would make them: every stage that the case has come to, and the spans."""

from datetime import date

REPORTED = date(2024, 10, 3)
CHAIN = ("intake", "review", "examination", "decision", "delivery")
SPANS = {"to_forwarded": 2, "to_recommended": 3, "to_decided": 4, "to_effective": 6}
# Whoever was decided without a recommendation.
UNDATED = {"examination": "undated_end", "decision": "undated_start"}
HOLDERS = {"intake": "bawaslu", "review": "bawaslu", "decision": "ppk", "delivery": "ppk"}
_KEPT = (
    "case_id", "person_number", "province_code", "government_code", "agency_id", "employment_type", "violation_code",
    "election_code", "phase", "event_on", "status", "is_simulated",
)  # fmt: skip


def steps_of(cases, as_of):
    """Rows of mart_followup. How long each took follows from the number of the case among all, so that curves have many steps."""
    return [row for number, case in enumerate(cases) for row in _steps(case, number, as_of)]


def _steps(case, number, as_of):
    # How many stages the person has left behind: all who are reported are registered.
    passed = max(1, 2 * case["is_forwarded"], 3 * case["is_recommended"], 4 * case["is_decided"])
    is_ended = case["status"] in ("not_proven", "dropped") and not case["is_decided"]
    days = 5 + 3 * (number % 60)
    for place, stage in enumerate(CHAIN[: passed + 1]):
        state = "done" if place < passed else "ended" if is_ended else "open"
        if case["is_decided"] and not case["is_recommended"]:
            state = UNDATED.get(stage, state)
        holder = ("kasn", "bkn")[number % 2] if stage == "examination" else HOLDERS[stage]
        yield _row(case, as_of, stage, state, days, holder)
    for span, needed in SPANS.items():
        state = "done" if needed <= passed else "ended" if is_ended else "open"
        yield _row(case, as_of, span, state, days * needed, "none")


def _row(case, as_of, stage, state, days, holder):
    is_overdue = stage == "review" and state == "open"
    return {
        **{name: case[name] for name in _KEPT},
        "stage": stage, "state": state, "from_on": REPORTED, "to_on": REPORTED if state == "done" else None,
        "days": days if state != "open" else 200, "working_days": days, "limit_days": 5 if stage == "review" else None,
        "timing": "overdue" if is_overdue else "not_judged", "is_overdue": is_overdue, "holder": holder,
        "other_end": "none" if state != "ended" else case["status"], "as_of": as_of,
    }  # fmt: skip
