"""The follow-up clock a second time: one case after another, one day after another, in plain Python."""

from datetime import timedelta

STAGES = {
    "intake": ("reported_on", "registered_on"),
    "review": ("registered_on", "forwarded_on"),
    "examination": ("forwarded_on", "recommended_on"),
    "decision": ("recommended_on", "ppk_decided_on"),
    "delivery": ("ppk_decided_on", "delivered_on"),
    "effect": ("delivered_on", "effective_on"),
    "block": ("blocked_on", "unblocked_on"),
    "to_forwarded": ("reported_on", "forwarded_on"),
    "to_recommended": ("reported_on", "recommended_on"),
    "to_decided": ("reported_on", "ppk_decided_on"),
    "to_effective": ("reported_on", "effective_on"),
}
STEPS = (
    "reported_on", "registered_on", "forwarded_on", "recommended_on", "ppk_decided_on", "delivered_on", "effective_on",
)  # fmt: skip
ONE = timedelta(days=1)


def clock(case, law, regime, bodies, holidays, as_of):
    """Rows of one case by stage: (state, days, working days, due on, timing, holder)."""
    rows = {}
    for stage, (first, last) in STAGES.items():
        if not stage.startswith("to_") and stage != "intake" and not (case[first] or case[last]):
            continue
        state = _state(case, stage, first, last, as_of)
        until = _until(case, state, first, last, as_of)
        start = case[first]
        days = (until - start).days if until else None
        worked = _worked(start, until, holidays) if until else None
        due = _due(case, stage, law, regime, holidays)
        rows[stage] = (
            state,
            days,
            worked,
            due,
            _timing(state, due, case[last], as_of),
            _holder(case, stage, until, bodies),
        )
    return rows


def _other_end(case):
    if case["status"] in ("not_proven", "dropped"):
        return case["status"]
    return "annulled" if case["annulled_on"] and not case["effective_on"] else None


def _later(case, stage, last):
    """Whether a step after the end of the stage is known."""
    if stage == "block":
        return False
    after = STEPS[STEPS.index(last) + 1 :]
    annulled = ("annulled_on",) if stage not in ("delivery", "effect", "to_effective") else ()
    return any(case[name] for name in (*after, *annulled))


def _state(case, stage, first, last, as_of):
    start, end, other = case[first], case[last], _other_end(case)
    if start is None:
        return "undated_start"
    if start > as_of or (end and end < start):
        return "out_of_order"
    if end:
        return "done"
    if other == "annulled" and stage in ("delivery", "effect", "to_effective"):
        return "ended"
    if _later(case, stage, last):
        return "undated_end"
    return "ended" if other and stage != "block" else "open"


def _until(case, state, first, last, as_of):
    if state == "done":
        return case[last]
    if state == "open":
        return as_of
    if state != "ended":
        return None
    if _other_end(case) == "annulled":
        return max(case[first], case["annulled_on"])
    known = [case[name] for name in (*STEPS[:-1], "annulled_on") if case[name]]
    return max([case[first], *known])


def _is_workday(day, holidays):
    return day.weekday() < 5 and day not in holidays


def _worked(start, end, holidays):
    count, day = 0, start
    while day < end:
        day += ONE
        count += _is_workday(day, holidays)
    return count


def _due(case, stage, law, regime, holidays):
    if stage == "review" and law == "pemilu" and case["registered_on"]:
        return _after_workdays(case["registered_on"], 14, holidays)
    if stage == "review" and law == "pilkada" and case["reported_on"]:
        return case["reported_on"] + 5 * ONE
    new_law = (
        regime == "PP94" and case["ppk_decided_on"] and case["ppk_decided_on"].isoformat() >= "2021-08-31"
    )
    if stage == "delivery" and new_law:
        return _after_workdays(case["ppk_decided_on"], 14, holidays)
    if stage == "effect" and new_law and case["delivered_on"] and not case["appealed_on"]:
        return case["delivered_on"] + 15 * ONE
    return None


def _after_workdays(day, count, holidays):
    while count:
        day += ONE
        count -= _is_workday(day, holidays)
    return day


def _timing(state, due, end, as_of):
    if due is None or state not in ("done", "open"):
        return "not_judged"
    if state == "done":
        return "late" if end > due else "in_time"
    return "overdue" if as_of > due else "within"


def _holder(case, stage, until, bodies):
    if stage.startswith("to_"):
        return "none"
    if stage in ("intake", "review"):
        return "bawaslu"
    if stage == "examination":
        day = until or case["forwarded_on"]
        held = [
            body for body, first, last in bodies if day and first <= day and (last is None or day <= last)
        ]
        return held[0] if held else "unknown"
    return "appeal_body" if stage == "effect" and case["appealed_on"] else "ppk"
