"""The table twin of the map by evidence holds what the map shows."""

import pytest

from charts.map import alt, classes
from language import words
from ui import results
from ui.showing import pictures, tables
from ui.topics import judgements
from warehouse.selection import Selection


@pytest.mark.parametrize("lang", ["id", "en"])
def test_table_and_map_give_every_place_the_same_class(over, lang):
    w = words(lang)
    units = results.of("alleged_rate", Selection(), "government")
    whole = results.of("alleged_rate", Selection(), "kalimantan")
    table = judgements.table(w, units, whole)
    rows = pictures.on_map(units, whole)
    names = {row["unit_id"]: row["unit_name"] for row in rows}
    drawn = {
        names[unit]: w(f"evidence.class.{kept.verdict}")
        for kept in classes(rows, words=w, measure=tables.measure(w, units))
        for unit in kept.units
    }
    assert {row[0]: row[1] for row in table.rows} == drawn
    assert len(table.rows) == len(rows) == len(drawn)
    assert all(len(row) == len(table.head) for row in table.rows)
    missing = w("evidence.class.no_roster")
    assert all(row[2] == "–" for row in table.rows if row[1] == missing)
    assert missing in drawn.values()


@pytest.mark.parametrize("lang", ["id", "en"])
def test_where_the_group_is_withheld_map_and_table_say_so_and_not_that_there_are_too_few(answers, lang):
    w, (units, whole) = words(lang), answers
    hidden = whole.shown_as(whole.frame.assign(estimate=None, refusal="suppressed", least=100.0, most=140.0))
    rows = pictures.on_map(units, hidden)
    known = {row["unit_name"] for row in rows if row["refusal"] == "none"}
    said = {row[0]: row[1] for row in judgements.table(w, units, hidden).rows}
    assert known and {said[name] for name in known} == {w("evidence.class.group_suppressed")}
    kept = {one.verdict: one for one in classes(rows, words=w, measure=tables.measure(w, units))}
    assert kept["group_suppressed"].hatch and kept["group_suppressed"].key.startswith("◇ ")
    assert "too_few" not in kept and "within" not in kept
    told = alt(rows, words=w, measure=tables.measure(w, units))
    assert w("evidence.alt.group_suppressed") in told and w("unknown.map") not in told
