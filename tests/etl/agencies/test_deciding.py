from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import DefinitionError
from etl.agencies.deciding import HEAD, Verdict, decide
from etl.agencies.decisions import Renaming, decision_file, read_decisions_of
from settings import Settings
from tests.etl.commanding import listening
from tests.etl.files import HEADER, nip, person, write_csv

DAY = date(2020, 1, 1)


def card(room: Settings):
    return decision_file(room.agencies, "6408")


def test_the_first_decision_makes_the_card_and_the_same_one_again_changes_nothing(room):
    assert decide(room, "6408", Verdict("DINKES KUTIM", same="Dinas Kesehatan"))
    assert card(room).read_text("utf-8") == f"{HEAD}same:\n  DINKES KUTIM: Dinas Kesehatan\n"
    assert not decide(room, "6408", Verdict("DINKES KUTIM", same="Dinas Kesehatan"))


def test_every_way_of_deciding_is_remembered(room):
    decide(room, "6408", Verdict("A", same="B"))
    decide(room, "6408", Verdict("C", different=("D", "E")))
    decide(room, "6408", Verdict("F", renamed_to="G", on=DAY))
    decide(room, "6408", Verdict("H"))
    found = read_decisions_of(room.agencies, "6408")
    assert found.same == {"A": "B"}
    assert set(found.different) == {("C", "D"), ("C", "E")}
    assert found.renamed == (Renaming(former=("F",), to="G", on=DAY),)
    assert found.known == ("H",)


@pytest.mark.parametrize(
    "text",
    [
        "# Perda 9/2016\nrenamed:\n  - from: Dinas A   # lama\n    to: Dinas B\n    on: 2017-01-01\nsame:\n    X: Dinas B\n",
        "same: # nama pendek\n\n  X: Dinas B\n# akhir",
        "same:\n# nama pendek\nknown:\n# akhir\n",
        "\ufeffsame:\r\n  X: Dinas B\r\n",
        "",
    ],
)
def test_what_a_human_wrote_stays(room, text):
    card(room).parent.mkdir(parents=True)
    card(room).write_bytes(text.encode())
    before = read_decisions_of(room.agencies, "6408")
    decide(room, "6408", Verdict("Y", same="Dinas B"))
    decide(room, "6408", Verdict("Dinas C", renamed_to="Dinas B", on=DAY))
    after = read_decisions_of(room.agencies, "6408")
    assert after.same == before.same | {"Y": "Dinas B"}
    assert set(after.renamed) == {*before.renamed, Renaming(former=("Dinas C",), to="Dinas B", on=DAY)}
    written = card(room).read_text("utf-8")
    assert all(
        comment in written
        for comment in ("Perda 9/2016", "# lama", "# nama pendek", "# akhir")
        if comment in text
    )


def test_a_card_in_flow_style_is_written_anew_with_everything_in_it(room):
    card(room).parent.mkdir(parents=True)
    card(room).write_text("{same: {X: Dinas B}, known: [K]}", "utf-8")
    decide(room, "6408", Verdict("Y", same="Dinas B"))
    found = read_decisions_of(room.agencies, "6408")
    assert (found.same, found.known) == ({"X": "Dinas B", "Y": "Dinas B"}, ("K",))


@pytest.mark.parametrize(
    "verdict",
    [
        Verdict("A", same="C"),
        Verdict("a.", same="C"),
        Verdict("A", different=("B",)),
        Verdict("A"),
        Verdict("B", same="A"),
        Verdict("A", renamed_to="B", on=DAY),
        Verdict(nip(), same="B"),
        Verdict("***"),
    ],
)
def test_a_contradiction_is_refused_and_the_card_stays(room, verdict):
    decide(room, "6408", Verdict("A", same="B"))
    before = card(room).read_bytes()
    with pytest.raises(DefinitionError) as fault:
        decide(room, "6408", verdict)
    assert fault.value.where == "data/agencies/6408.yml"
    assert nip() not in str(fault.value)
    assert card(room).read_bytes() == before


def test_what_a_killed_decision_left_is_swept(room):
    room.agencies.mkdir(parents=True)
    (room.agencies / ".6408.yml.1.draft").write_text("half", "utf-8")
    decide(room, "6408", Verdict("A"))
    assert [path.name for path in room.agencies.iterdir()] == ["6408.yml"]


WRITTEN = st.text(st.characters(categories=["L", "P", "S", "Zs"]), min_size=1, max_size=20).map(
    lambda text: f"Dinas x{text}"
)


@given(names=st.lists(WRITTEN, min_size=1, max_size=4, unique=True))
def test_whatever_is_written_in_a_name_is_read_again(tmp_path_factory, names):
    room = Settings(data=tmp_path_factory.mktemp("names"))
    for name in names:
        decide(room, "6408", Verdict(name))
    assert set(read_decisions_of(room.agencies, "6408").known) == {" ".join(name.split()) for name in names}


@pytest.fixture
def netra(tmp_path, capfd):
    """Runs a command; returns exit code, and what it said as events or as text."""
    with listening(Settings(data=tmp_path / "data", key_file=tmp_path / "key"), capfd) as command:

        def run(*words: object, form: str = "--json"):
            code, out, _ = command(*words, *filter(None, [form]))
            return code, [json.loads(text) for text in out.splitlines()] if form else out

        yield run


def test_look_decide_and_look_again(netra, tmp_path):
    names = ["Dinas Kesehatan", "Dinas Kesehatan", "DINKES KUTIM", "Dinas Kehutanan"]
    rows = [HEADER, *(person(nip(number), OPD=name) for number, name in enumerate(names, start=1))]
    assert netra("agencies")[1][0] == {"event": "agencies", "agencies": []}
    netra(
        "load", "roster", write_csv(tmp_path / "r.csv", rows), "--government", "6408", "--as-of", "2024-11-30"
    )
    code, events = netra("agencies")
    assert code == 0
    assert [(row["name"], row["persons"], row["proposals"]) for row in events[0]["agencies"]] == [
        ("Dinas Kehutanan", 1, "Dinas Kesehatan (73)"), ("DINKES KUTIM", 1, "Dinas Kesehatan (100); Dinas Kehutanan (73)"),
    ]  # fmt: skip
    decided = netra("agencies", "decide", "DINKES KUTIM", "--government", "6408", "--same", "Dinas Kesehatan")
    assert decided == (0, [{"event": "done", "changed": True, "government": "6408", "seen": True}])
    code, events = netra(
        "agencies", "decide", "Dinas Kehutan", "--government", "6408", "--different", "Dinas Kesehatan"
    )
    assert events[0]["seen"] is False
    code, events = netra("agencies", "--government", "6408")
    assert [row["name"] for row in events[0]["agencies"]] == ["Dinas Kehutanan"]
    assert netra("agencies", "--government", "64")[1][0]["agencies"] == []
    code, text = netra("agencies", form="")
    assert "Dinas Kesehatan (73)" in text
    assert netra("agencies", "decide", "DINKES KUTIM", "--government", "6408", "--same", "X")[0] == 12


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("A", "--government", "6408"), 2),
        (("A", "--government", "6408", "--same", "B", "--known"), 2),
        (("A", "--government", "6408", "--renamed-to", "B"), 2),
        (("A", "--government", "6408", "--known", "--on", "2020-01-01"), 2),
        (("A", "--government", "9999", "--known"), 11),
        (("A", "--known"), 2),
    ],
)
def test_wrong_usage_decides_nothing(netra, tmp_path, words, code):
    assert netra("agencies", "decide", *words)[0] == code
    assert not (tmp_path / "data" / "agencies").exists()
