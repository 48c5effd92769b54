from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from etl.agencies.decisions import Decisions
from etl.agencies.names import normalise
from etl.agencies.review import Proposal, Seen, count_unknown, questions
from etl.agencies.settling import settle

OLD, NEW = date(2018, 6, 30), date(2024, 11, 30)
NOTHING = settle(Decisions(), "6408")


def seen(name: str, persons: int = 10, on: date | None = NEW) -> Seen:
    return Seen("6408", name, f"roster-6408-{on}" if on else "cases-x", on, persons)


def decided(**sections: object):
    return settle(Decisions.model_validate(sections), "6408")


def test_nothing_seen_asks_nothing():
    assert questions([], [], NOTHING) == []


def test_the_first_roster_of_a_government_is_measured_by_nothing_but_by_itself():
    found = questions([seen("Dinas Sosial"), seen("Dinas Kesehatan", 90), seen("DINKES", 2)], [], NOTHING)
    assert [(q.name, q.persons, q.is_unknown, q.proposals) for q in found] == [
        ("DINKES", 2, False, (Proposal("Dinas Kesehatan", 100),))
    ]


def test_near_names_are_proposed_and_never_merged():
    found = questions([seen("Dinas Kehutanan", 7)], ["Dinas Kesehatan"], NOTHING)
    assert [(q.name, q.proposals) for q in found] == [("Dinas Kehutanan", (Proposal("Dinas Kesehatan", 73),))]


def test_a_name_that_an_earlier_roster_does_not_have_is_unknown():
    names = [
        seen("Dinas Sosial", on=OLD),
        seen("DINAS SOSIAL"),
        seen("Inspektorat", 3),
        seen("Inspektorat ", 2),
    ]
    found = questions(names, [], NOTHING)
    assert [(q.name, q.persons, q.is_unknown, q.proposals) for q in found] == [("Inspektorat", 5, True, ())]


def test_a_name_of_a_register_is_unknown_where_no_roster_has_it():
    found = questions(
        [seen("Dinas Sosial"), seen("Dinas Sosial", on=None), seen("Inspektorat", 1, None)], [], NOTHING
    )
    assert [(q.name, q.source_id) for q in found] == [("Inspektorat", "cases-x")]


def test_a_long_published_list_measures_the_first_roster_and_a_short_one_does_not():
    published = [f"Dinas Nomor {number}" for number in range(100, 110)]
    assert [q.name for q in questions([seen("Inspektorat")], published, NOTHING)] == ["Inspektorat"]
    assert questions([seen("Inspektorat")], published[1:], NOTHING) == []


def test_published_names_are_never_asked_about():
    assert questions([seen("DINAS KEHUTANAN")], ["Dinas Kesehatan", "Dinas Kehutanan"], NOTHING) == []


def test_each_way_of_deciding_settles_a_name():
    names = [seen("Dinas Kesehatan", 90, OLD), seen("DINKES"), seen("Dinas Kehutanan")]
    assert len(questions(names, [], NOTHING)) == 2
    forest = {"different": [("Dinas Kehutanan", "Dinas Kesehatan")]}
    for way in (
        {"same": {"DINKES": "Dinas Kesehatan"}},
        {"known": ["DINKES"]},
        {"renamed": [{"from": "DINKES", "to": "Dinas Sehat", "on": NEW}]},
    ):
        assert questions(names, [], decided(**forest, **way)) == []


def test_persons_without_a_name_of_an_agency_are_no_question():
    assert questions([seen("Dinas Sosial", on=OLD), seen("Tidak diketahui")], [], NOTHING) == []


def test_unknown_names_of_a_roster_are_counted_once_each():
    decision = decided(known=["Dinas Baru"])
    names = ["DINAS A", "Dinas A.", "Dinas B", "Dinas Baru", "Tidak diketahui"]
    assert count_unknown(names, ["Dinas C"], [], NOTHING) == 3
    assert count_unknown(names, ["Dinas C"], ["Dinas B"], decision) == 1
    assert count_unknown(names, [], ["Dinas B"], NOTHING) == 0


NAMES = st.sampled_from(
    [
        *(
            "Dinas Kesehatan",
            "DINKES",
            "Dinas Kehutanan",
            "Dinas Sosial",
            "DINSOS KUTIM",
            "Dinas Sosial dan P3A",
        ),
        *("Bappeda", "Badan Perencanaan Pembangunan Daerah", "dinas kesehatan", "BKPSDM"),
    ]
)
SIGHTINGS = st.lists(
    st.builds(seen, NAMES, st.integers(1, 99), st.sampled_from([OLD, NEW, None])), max_size=12
)


@given(names=SIGHTINGS, data=st.data())
def test_decided_names_never_come_back_and_order_does_not_matter(names, data):
    first = questions(names, ["Dinas Sosial"], NOTHING)
    assert questions(data.draw(st.permutations(names)), ["Dinas Sosial"], NOTHING) == first
    same, different, known = {}, [], []
    for question in first:
        ways = ["known", *(["same", "different"] if question.proposals else [])]
        match data.draw(st.sampled_from(ways)):
            case "same":
                same[question.name] = question.proposals[0].name
            case "different":
                different += [(question.name, proposal.name) for proposal in question.proposals]
            case _:
                known.append(question.name)
    # A name that one question calls an agency of its own may be what another one is the same as; only contradictions are left out.
    different = [
        pair
        for pair in different
        if not {normalise(name) for name in pair} & {normalise(name) for name in same}
    ]
    settled = decided(same=same, different=different, known=known)
    left = {normalise(question.name) for question in questions(names, ["Dinas Sosial"], settled)}
    assert not left & settled.mentioned.keys()
