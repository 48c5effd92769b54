"""The explanation of an answer is made of its definition and of the answer itself, and can be worked out by hand."""

import re
from html import unescape

import pytest

from language import words
from metrics.definition import definitions
from ui import results
from ui.explaining import answers, methods, shown
from ui.explaining.parts import PARTS
from warehouse.selection import Selection

W = words("en")


@pytest.mark.parametrize("metric", definitions())
@pytest.mark.parametrize("period", ["whole", "election"])
@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_metric_is_explained_with_all_parts(over, metric, period, lang):
    result = results.of(metric, Selection(), "government", period)
    told = answers.of(words(lang), result)
    assert tuple(told.lines) == PARTS
    assert told.lines["formula"][0] == result.definition.formula.of(lang)
    assert ("denominator" in told.without) == (result.definition.kind == "count")
    assert not any("{" in line for lines in told.lines.values() for line in lines)


@pytest.mark.parametrize("metric", definitions())
@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_limit_is_told_once(over, metric, lang):
    own, *caveats = answers.of(words(lang), results.of(metric, Selection(), "government")).lines["limits"]
    assert len(set(caveats)) == len(caveats)
    assert not [caveat for caveat in caveats if caveat in own]


def numbers(line):
    return [float(part.replace(",", "")) for part in re.findall(r"[\d,]+(?:\.\d+)?", line)]


def test_the_example_is_the_number_of_the_table_worked_out(over):
    result = results.of("alleged_rate", Selection(governments=("64",)), "government")
    line = answers.of(W, result).lines["formula"][1]
    per, events, exposure, value = numbers(line.split(": ", 1)[1])[:4]
    row = result.frame.iloc[0]
    assert (per, events) == (1000, row["events"])
    assert value == pytest.approx(per * events / exposure, rel=0.05)
    assert exposure == pytest.approx(row["exposure"], abs=0.5)


def test_rows_without_a_number_are_counted_by_reason(over):
    result = results.of("alleged_rate", Selection(), "government")
    told = " ".join(answers.of(W, result).lines["not_shown"])
    for code, n in result.frame["refusal"].value_counts().items():
        if code != "none":
            assert f"{n} of {len(result.frame)} rows: {W(f'refusal.{code}')}" in told


def test_a_suppressed_count_is_not_worked_out(over):
    """The example comes from the published frame, where a suppressed count is missing."""
    everywhere = results.of("alleged_rate", Selection(), "government").frame
    hidden = everywhere.loc[everywhere["suppressed"], "unit_id"].iloc[0]
    told = answers.of(W, results.of("alleged_rate", Selection(governments=(hidden,)), "government"))
    assert len(told.lines["formula"]) == 1
    assert "1 of 1 rows" in told.lines["not_shown"][0]
    assert "that the published table leaves possible" in " ".join(told.lines["interval"])


def test_methods_stand_on_top_under_their_names(over):
    result = results.of("alleged_rate", Selection(), "government")
    told = answers.of(W, result, methods.EVIDENCE)
    assert any(line.startswith("Map by evidence: ") for line in told.lines["formula"])
    with pytest.raises(AssertionError):
        answers.of(W, result, methods.STAGES)


def test_the_question_runs_with_the_values_beside_it_and_holds_none_of_them(over):
    result = results.of("alleged_persons", Selection(provinces=("64",), violations=("DIS-01",)), "kalimantan")
    query = answers.of(W, result).queries[0]
    assert "DIS-01" not in query.sql and "'64'" not in query.sql
    assert results.warehouse().backend().con.sql(query.sql, params=dict(query.values)).fetchall() is not None
    told = unescape(shown.values(W, query))
    assert all(f"${name} = {value}" in told for name, value in query.values.items())


def test_a_value_cannot_write_mark_up(over):
    result = results.of("alleged_persons", Selection(violations=("<script>alert(1)</script>",)), "kalimantan")
    told = answers.of(W, result)
    assert "<script>" not in shown.as_html(W, told) + shown.values(W, told.queries[0])


def test_a_question_that_two_figures_share_is_written_once(over, monkeypatch):
    written, said = [], []
    monkeypatch.setattr(shown.st, "code", lambda sql, **_: written.append(sql))
    monkeypatch.setattr(shown.st, "html", said.append)
    persons = results.of("alleged_persons", Selection(), "kalimantan")
    rate = results.of("alleged_rate", Selection(), "kalimantan")
    shown.draw(W, [answers.of(W, persons), answers.of(W, rate)])
    asked = {query.sql for query in (*persons.queries, *rate.queries)}
    assert sorted(written) == sorted(asked) and len(asked) == 3
    shown.draw(W, [answers.of(W, persons), answers.of(W, persons)])
    assert any("1 query is the same as one written above" in line for line in said)


def test_one_row_for_a_choice_is_not_called_all_kalimantan(over):
    result = results.of("alleged_rate", Selection(governments=("64",)), "kalimantan")
    told = answers.of(W, result).lines
    assert "For example, all that is selected, together: 1,000 ×" in told["formula"][1]
    assert "Kalimantan;" not in told["filters"][1]
