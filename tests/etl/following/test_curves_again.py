"""Curves of waiting told one after the other: whoever has kept them all finds no small change between two days of both."""

import itertools
import random
from collections import Counter

import pytest

from etl.following.remembering import Lines
from etl.following.waits import RESTS_ON, Curves, below

K = 5
STAGES = ("to_decided", "decision")
KNOWN = {measure for stage in STAGES for measure in (*RESTS_ON[stage], *below(stage))}
STATES = ("done", "ended", "open")
START, END = -1, 100_000


def rows(persons):
    """Rows of both stages from persons (province, body, state, days)."""
    return [
        {"stage": stage, "province_code": place, "body": body, "state": state, "days": days, "persons": n}
        for stage in STAGES
        for (place, body, state, days), n in sorted(Counter(persons).items())
    ]


def follow(*registers, k=K):
    """What is told of one register after the other, beside all that was told before; carried on as text."""
    text, told = "", []
    for persons in registers:
        lines, every = Lines.read(text), rows(persons)
        curves = Curves(k, lines.curves)
        for place in sorted({person[0] for person in persons}):
            curves.add(place, [row for row in every if row["province_code"] == place], KNOWN)
        curves.add("kalimantan", every, KNOWN)
        text = lines.text
        told.append(curves)
    return told


def curve(curves, name):
    """The step days of a curve with their shares, and the rows below it, or None where it is not told."""
    place, body, stage = name
    of = {"place_code": place, "body": body, "stage": stage}
    if not [line for line in curves.waits if of.items() <= line.items()]:
        return None
    steps = [line for line in curves.steps if of.items() <= line.items()][1:-1]
    risk = [line for line in curves.risk if of.items() <= line.items() and line["waiting"] is not None]
    return {line["day"]: (line["share"], line["lower"], line["upper"]) for line in steps}, [
        line["day"] - 1 for line in risk
    ]


def names(curves):
    return {(line["place_code"], line["body"], line["stage"]) for line in curves.waits}


def counts(persons, name, points, gone=frozenset()):
    """Persons of a curve by state between each two points, as they can be computed back; those of some provinces taken away."""
    place, body, _ = name
    own = [
        person
        for person in persons
        if (place in {"kalimantan", person[0]}) and body in {"all", person[1]} and person[0] not in gone
    ]
    return {
        (first, last, state): sum(state in {s, "any"} and first < days <= last for _, _, s, days in own)
        for first, last in itertools.combinations((START, *sorted(points), END), 2)
        for state in (*STATES, "any")
    }


def betrayed(registers, told):
    """Every small change that can be subtracted from the curves of two releases."""
    found = []
    for (older, before), (newer, now) in itertools.combinations(zip(registers, told, strict=True), 2):
        for name in sorted(names(before) & names(now)):
            (were, below_then), (are, below_now) = curve(before, name), curve(now, name)
            assert are.keys() <= were.keys() or not were, "only days that were told before"
            points = {*are.keys() & were.keys(), *(set(below_then) & set(below_now)) - {START}}
            apart = {(), tuple(p for p, *rest in names(before) & names(now) if (*rest,) == name[1:])}
            for places in apart if name[0] == "kalimantan" else {()}:
                gone = frozenset(places) - {"kalimantan"}
                mine, theirs = (counts(persons, name, points, gone) for persons in (newer, older))
                found += [(name, span) for span in mine if 0 < abs(mine[span] - theirs[span]) < K]
            for day in are.keys() & were.keys():
                mine, theirs = (counts(persons, name, {day}) for persons in (newer, older))
                is_same = all(mine[span] == theirs[span] for span in mine if span[:2] == (START, day))
                found += [(name, day)] if is_same and are[day] != were[day] else []
    return found


def lot(seed, many=120):
    """Persons of three provinces by lot."""
    dice = random.Random(seed)
    return [
        (
            dice.choice(("61", "64", "64", "65")), dice.choice(("kasn", "bkn")),
            dice.choices(STATES, (6, 2, 3))[0], dice.choice((dice.randint(1, 60), dice.randint(1, 500))),
        )
        for _ in range(many)
    ]  # fmt: skip


def later(dice, persons):
    """The register after it: a crowd somewhere, one whose day is corrected, one more, or those who wait follow on."""
    found = list(persons)
    if dice.random() < 0.7:
        found += [("64", "kasn", "done", dice.randint(1, 200))] * dice.randint(5, 9)
    if dice.random() < 0.3:
        found += lot(dice.randint(0, 99), dice.choice((1, 6)))
    if dice.random() < 0.3:
        place, body, state, days = found.pop(dice.randrange(len(found)))
        found.append((place, body, state, days + dice.randint(1, 40)))
    if dice.random() < 0.4:
        found = [(*rest, state, days + 200 * (state == "open")) for *rest, state, days in found]
    return found


@pytest.mark.parametrize("seed", range(10))
def test_no_small_change_is_computed_from_the_curves_of_three_releases(seed):
    dice = random.Random(seed)
    registers = [lot(seed)]
    registers += [later(dice, registers[-1])]
    registers += [later(dice, registers[-1])]
    told = follow(*registers)
    assert names(told[0])
    assert not betrayed(registers, told)


def test_the_lots_hold_something_to_find_and_something_is_still_told():
    """Curves that know nothing of each other betray it, and beside each other some are told."""
    caught = after = 0
    for seed in range(10):
        registers = [lot(seed), later(random.Random(seed), lot(seed))]
        alone = [follow(persons)[0] for persons in registers]
        shared = set(curve(alone[0], ("kalimantan", "all", "to_decided"))[0])
        points = shared & set(curve(alone[1], ("kalimantan", "all", "to_decided"))[0])
        mine, theirs = (counts(one, ("kalimantan", "all", "to_decided"), points) for one in registers)
        caught += any(0 < abs(mine[span] - theirs[span]) < K for span in mine)
        after += bool(names(follow(*registers)[1])) and registers[0] != registers[1]
    assert caught >= 5 and after >= 3


def crowd(*parts, place="64", body="kasn"):
    return [(place, body, state, days) for many, state, days in parts for _ in range(many)]


ALL = ("64", "all", "to_decided")
START_WITH = crowd(
    (10, "done", 10), (10, "done", 40), (10, "done", 100), (10, "ended", 60), (20, "open", 900)
)


def test_one_more_takes_the_curve_away_and_five_more_do_not():
    first, after = follow(START_WITH, START_WITH + crowd((1, "done", 10)))
    assert sorted(curve(first, ALL)[0]) == [10, 40, 100] or 60 in curve(first, ALL)[0]
    assert curve(after, ALL) is None
    after = follow(START_WITH, START_WITH + crowd((5, "done", 10)))[1]
    assert curve(after, ALL)[0].keys() == curve(first, ALL)[0].keys()


def test_days_that_cannot_hold_it_are_not_told():
    moved = START_WITH.copy()
    moved[0] = ("64", "kasn", "done", 39)
    first, after = follow(START_WITH, moved)
    # One of the ten of the tenth day got there later: the day between tells it, the next does not.
    assert 10 in curve(first, ALL)[0] and 10 not in curve(after, ALL)[0]
    assert not betrayed([START_WITH, moved], [first, after])


def test_a_day_that_is_corrected_between_two_steps_shows_in_no_share():
    """As many persons stand between the same days, but not on the same ones, so that the share would be another."""
    name = ("64", "all", "decision")
    persons, moved = (
        crowd(
            (12, "done", 10), (4, "done", 30), (3, "done", 41), *waiting, (10, "done", 50), (8, "done", 100)
        )
        + crowd((6, "open", 900))
        for waiting in (((5, "open", 42),), ((5, "open", 20),))
    )
    first, after = follow(persons, moved)
    were, alone = curve(first, name)[0], curve(follow(moved)[0], name)[0]
    assert [day for day in were if day in alone and were[day] != alone[day]], "the weakness is planted"
    assert not betrayed([persons, moved], [first, after])


def test_who_wait_on_follow_their_curve_and_not_their_table():
    """The day of the build has moved on: nobody's steps are others."""
    later_on = [(*rest, state, days + 100 * (state == "open")) for *rest, state, days in START_WITH]
    first, after = follow(START_WITH, later_on)
    assert curve(after, ALL)[0] == curve(first, ALL)[0]
    early = crowd((10, "done", 10), (10, "done", 40), (3, "open", 320), (20, "open", 600))
    moved_on = crowd((10, "done", 10), (10, "done", 40), (3, "open", 420), (20, "open", 700))
    first, after = follow(early, moved_on)
    assert curve(after, ALL)[0] == curve(first, ALL)[0]
    # Three of those who wait are followed past the mark of a year now.
    assert 364 not in curve(after, ALL)[1]


def test_persons_who_leave_and_come_back_with_one_more_are_held_against_both():
    without = [person for person in START_WITH if person[3] != 40]
    one_more = START_WITH + crowd((1, "done", 40))
    first, second, third = follow(START_WITH, without, one_more)
    assert curve(first, ALL) and curve(second, ALL)
    assert curve(third, ALL) is None
    again = follow(START_WITH, without, START_WITH)[2]
    assert curve(again, ALL) == curve(first, ALL)


def test_what_provinces_leave_of_all_kalimantan_is_held_to_the_rule():
    """Six more in all and five in the province whose curve is told leave one in those that are too few for a curve."""
    start = (
        START_WITH
        + crowd((6, "done", 10), (3, "open", 900), place="65")
        + crowd((3, "open", 900), place="61")
    )
    more = start + crowd((5, "done", 10)) + crowd((1, "done", 10), place="65")
    first, after = follow(start, more)
    whole = ("kalimantan", "all", "to_decided")
    assert curve(first, whole) and curve(first, ALL) and curve(first, ("65", "all", "to_decided")) is None
    assert curve(after, ALL) and curve(after, whole) is None


def test_bodies_are_compared_again_only_where_no_count_betrays_one():
    both = START_WITH + [("64", "bkn", *rest) for _, _, *rest in START_WITH]
    assert [len(one.bodies) for one in follow(both, both)] == [2, 2]
    grown = both + crowd((5, "done", 10))
    first, after = follow(both, grown)
    assert len(after.bodies) == 2 and after.bodies != first.bodies
    one_more = both + crowd((4, "done", 10)) + crowd((1, "done", 10), body="bkn")
    after = follow(both, one_more)[1]
    assert not after.bodies and {body for _, body, _ in names(after)} == {"all"}
    # As many in each way of ending, on other days than before: the test would say so.
    shifted = [
        (place, body, state, days + 30 * (days == 100 and body == "bkn")) for place, body, state, days in both
    ]
    assert not follow(both, shifted)[1].bodies


def test_a_greater_threshold_does_not_tell_again_what_is_small_now():
    text, persons = Lines(), crowd((10, "done", 10), (10, "done", 40), (10, "done", 100), (20, "open", 900))
    before, after = Curves(K, text.curves), Curves(3 * K, text.curves)
    for curves in (before, after):
        curves.add("64", rows(persons), KNOWN)
    assert sorted(curve(before, ALL)[0]) == [10, 40, 100]
    assert sorted(curve(after, ALL)[0]) == [40]
