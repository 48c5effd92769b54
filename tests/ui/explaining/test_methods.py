"""Methods and refusals say everything in both languages, and the lists are complete by the code that they describe."""

from typing import get_args

import pytest

from charts.shading.verdicts import JUDGED, VERDICTS
from language import words
from language.catalogue import LANGUAGES, catalogue
from metrics.comparing.pairs import Withheld
from metrics.frame import REFUSALS
from metrics.signals.change import State
from ui.explaining import methodology, methods, refusals
from ui.explaining.methods import METHODS, TOLD
from ui.explaining.parts import PARTS, Explanation
from ui.ledger.compared import RELATIONS
from warehouse.selection import Selection
from warehouse.tables import Query

SQL = (Query("SELECT 1"),)


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.method_id)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_method_says_all_its_parts_with_its_numbers_filled_in(over, method, lang):
    w = words(lang)
    for part in TOLD[method.kind]:
        assert "{" not in method.line(w, part)
    denied = {"id": "Tidak berlaku", "en": "Does not apply"}[lang]
    assert all(method.line(w, part).startswith(denied) for part in method.without)
    assert method.without <= {*TOLD[method.kind]}


def test_no_text_belongs_to_a_method_that_is_not_declared():
    declared = {f"method.{m.method_id}.{part}" for m in METHODS for part in ("title", *TOLD[m.kind])}
    assert {key for key in catalogue() if key.startswith("method.")} == declared


@pytest.mark.parametrize(
    "method", [m for m in METHODS if m.kind == "own"], ids=lambda method: method.method_id
)
def test_figures_of_their_own_have_the_same_parts_as_answers(over, method):
    told = methods.of(words("en"), method, Selection(provinces=("64",)), SQL)
    assert tuple(told.lines) == PARTS
    assert "Kalimantan Timur" in told.lines["filters"][0]
    assert "ui-1" in told.lines["build"][0]


def test_a_part_that_is_forgotten_is_a_fault():
    lines = dict.fromkeys(PARTS, ("x",))
    Explanation("t", lines, frozenset(), SQL)
    for wrong in ({"definition": ("x",)}, lines | {"formula": ()}, lines | {"formula": ("",)}):
        with pytest.raises(AssertionError):
            Explanation("t", wrong, frozenset(), SQL)
    with pytest.raises(AssertionError, match="question"):
        Explanation("t", lines, frozenset(), ())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_list_of_refusals_holds_every_reason_that_the_code_knows(over, lang):
    found = [(one.place, one.written) for one in refusals.every()]
    assert len(set(found)) == len(found)
    wanted = [
        *(("answer", f"chart.refusal.{code}") for code in REFUSALS if code != "none"),
        *(("map", f"evidence.class.{code}") for code in VERDICTS if code not in JUDGED),
        *(("pair", f"comparing.brief.{code}") for code in get_args(Withheld) if code != "none"),
        *(
            ("change", f"signals.change.{code}")
            for code in get_args(State)
            if code not in ("none", "up", "down")
        ),
        *(
            ("published", f"ledger.relations.{code}")
            for code in RELATIONS
            if code in ("separate", "not_comparable")
        ),
    ]
    assert set(wanted) <= set(found)
    table = refusals.table(words(lang))
    assert len(table.rows) == len(found)
    assert not any("{" in cell or "**" in cell or not cell for row in table.rows for cell in row)


def test_every_text_about_a_refusal_is_in_the_list():
    used = {key for one in refusals.every() for key in (one.written, one.why)}
    own = {
        key
        for key in catalogue()
        if key.startswith("refused.") and not key.startswith(("refused.head", "refused.place"))
    }
    assert own <= used


def test_the_glossary_of_the_page_has_a_meaning_for_every_term():
    for lang in LANGUAGES:
        rows = methodology.glossary(words(lang)).rows
        assert len(rows) > 40
        assert len({term for term, _ in rows}) == len(rows)
