"""Cards as people write them, the ugly ones first."""

from __future__ import annotations

from datetime import date

import pytest

from errors import DefinitionError
from etl.agencies.decisions import Decisions, parse_decisions, read_decisions, read_decisions_of
from etl.agencies.settling import FIRST_DAY, LAST_DAY, Period, settle
from tests.etl.files import nip


def settled(text: str):
    return settle(parse_decisions(text.encode(), "6408"), "6408")


@pytest.mark.parametrize(
    "text", ["", "\n", "# nothing yet\n", "same:\ndifferent:\nknown:\nrenamed:\n", "{}\n"]
)
def test_an_empty_card_decides_nothing(text):
    assert parse_decisions(text.encode(), "6408") == Decisions()
    assert settled(text).periods("Dinas A") == [Period(FIRST_DAY, LAST_DAY, "Dinas A")]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("sama: {A: B}", "sama"),
        ("same: [A]", "same"),
        ("same: {A: }", "same.A"),
        ("same: {'***': B}", "same"),
        ("same: {A: 12}", "same.A"),
        ("same:\n  DINKES: Dinas Kesehatan\n  DINKES: Dinas Kehutanan\n", "'DINKES' stands twice"),
        ("different: [[A]]", "different.0"),
        ("different: [[A, B, C]]", "different.0"),
        ("renamed: [{from: A, to: B}]", "renamed.0.on"),
        ("renamed: [{from: [], to: B, on: 2020-01-01}]", "renamed.0.from"),
        ("renamed: [{from: A, to: B, on: 2020-02-30}]", "renamed.0.on"),
        ("renamed: [{from: A, to: [B, C], on: 2020-01-01}]", "renamed.0.to"),
        ("same: {A: B", "line"),
        ("- A\n- B\n", "dictionary"),
        ("same: !!python/object:os.system {}", "could not determine a constructor"),
    ],
)
def test_a_card_of_another_shape_names_file_and_key(text, key):
    with pytest.raises(DefinitionError) as fault:
        parse_decisions(text.encode(), "6408")
    assert fault.value.where == "data/agencies/6408.yml"
    assert key in fault.value.what
    assert fault.value.cure


def test_a_card_in_another_encoding_is_refused():
    with pytest.raises(DefinitionError):
        parse_decisions("same: {Dinas Café: B}".encode("latin-1"), "6408")


def test_a_number_of_a_person_is_no_name_and_is_not_repeated():
    with pytest.raises(DefinitionError) as fault:
        parse_decisions(f"same: {{'{nip()}': Dinas A}}".encode(), "6408")
    assert nip() not in str(fault.value)


def test_the_card_of_a_government_that_does_not_exist_is_refused(tmp_path):
    (tmp_path / "9999.yml").write_text("same: {A: B}", "utf-8")
    with pytest.raises(DefinitionError, match=r"9999\.yml"):
        read_decisions(tmp_path)


def test_no_folder_is_no_decision(tmp_path):
    assert read_decisions(tmp_path / "none") == {}
    assert read_decisions_of(tmp_path / "none", "6408") == Decisions()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("same: {DINKES: Dinas Kesehatan, dinkes.: Dinas Kehutanan}", "Dinas Kehutanan"),
        ("same: {Dinas A: Dinas A, DINAS A: Dinas B}", "Dinas B"),
        ("same: {A: B, B: A}", "leads back"),
        ("same: {A: B, B: C, C: A}", "leads back"),
        ("same: {A: B}\ndifferent: [[a, b.]]", "different"),
        ("same: {A: B, C: B}\ndifferent: [[A, C]]", "different"),
        ("same: {A: B}\nknown: [a]", "known"),
        ("renamed: [{from: A, to: a., on: 2020-01-01}]", "the same name"),
        ("renamed: [{from: A, to: B, on: 2020-01-01}, {from: B, to: A, on: 2021-01-01}]", "earlier name"),
        ("renamed: [{from: A, to: B, on: 2020-01-01}, {from: B, to: C, on: 2021-01-01}, {from: C, to: A, on: 2022-01-01}]", "earlier"),
        ("renamed: [{from: A, to: B, on: 2020-01-01}, {from: A, to: C, on: 2021-01-01}]", "splits"),
        ("renamed: [{from: [A, a], to: B, on: 2020-01-01}]", "twice"),
        ("renamed: [{from: A, to: B, on: 2020-01-01}, {from: B, to: C, on: 2019-01-01}]", "ends before it begins"),
        ("renamed: [{from: A, to: B, on: 2020-01-01}]\ndifferent: [[A, B]]", "renamed into each other"),
        ("same: {X: A}\nrenamed: [{from: X, to: A, on: 2020-01-01}]", "the same name"),
        ("renamed: [{from: A, to: B, on: 0001-01-01}]", "0001"),
    ],
)  # fmt: skip
def test_decisions_that_contradict_each_other_are_refused(text, said):
    with pytest.raises(DefinitionError, match="contradict") as fault:
        settled(text)
    assert said in fault.value.what
    assert fault.value.where == "data/agencies/6408.yml"


def test_on_is_a_key_and_no_boolean():
    card = parse_decisions(b"renamed:\n- from: A\n  to: B\n  on: 2020-01-01\nsame: {yes: A}", "6408")
    assert card.renamed[0].on == date(2020, 1, 1)
    assert card.same == {"yes": "A"}


def test_a_spelling_of_a_spelling_is_the_agency_at_the_end():
    card = settled("same: {DINKES: DINAS KES, Dinas Kes.: Dinas Kesehatan}")
    assert card.official("dinkes") == "Dinas Kesehatan"


def test_a_name_means_each_of_its_agencies_in_turn():
    card = settled(
        "same: {DIKNAS: Dinas Pendidikan}\nrenamed:\n"
        "- {from: [Dinas Pendidikan, Dinas Kebudayaan], to: Dinas Dikbud, on: 2017-01-01}\n"
        "- {from: dinas dikbud, to: Dinas Pintar, on: 2022-06-01}\n"
    )
    assert card.periods("diknas") == [
        Period(FIRST_DAY, date(2016, 12, 31), "Dinas Pendidikan"),
        Period(date(2017, 1, 1), date(2022, 5, 31), "Dinas Dikbud"),
        Period(date(2022, 6, 1), LAST_DAY, "Dinas Pintar"),
    ]
    assert card.lineage("DINAS KEBUDAYAAN") == "Dinas Pintar"
    assert card.periods("Dinas Pintar") == [Period(FIRST_DAY, LAST_DAY, "Dinas Pintar")]
