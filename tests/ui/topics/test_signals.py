"""What the sentences say, in both languages, for each verdict."""

from datetime import date

import pytest

from language import words
from metrics.signals.change import ChangeSignal
from metrics.signals.space import SpaceSignal
from tests import builders
from tests.metrics.signals.months import BURST, OURS, staff, steady
from ui import results
from ui.access.run import see_as
from ui.topics import signals
from warehouse.access.scope import Scope
from warehouse.selection import Selection

FIELD = {
    "i": 0.3149,
    "p": 0.0002,
    "units": 56,
    "high": ("Banjar", "Tapin"),
    "low": (),
    "apart": ("Kotabaru",),
}
JUDGED = {"false_alarms": 0.031, "power": 0.42, "first": date(2018, 1, 1), "last": date(2024, 11, 1)}


def test_no_change_is_said_with_its_false_alarms_and_what_could_be_seen():
    told = signals.change(words("id"), ChangeSignal("none", **JUDGED), 5)
    assert told.startswith("**Tidak tampak perubahan yang melampaui kebetulan,**")
    assert "Jan 2018 sampai Nov 2024" in told
    assert "3 dari 100 satuan yang tidak berubah" in told
    assert "42 dari 100" in told
    assert "1–4 orang" in told
    assert "**No change beyond chance is to be seen,**" in signals.change(
        words("en"), ChangeSignal("none", **JUDGED), 5
    )


@pytest.mark.parametrize(("state", "said"), [("up", "lebih cepat"), ("down", "lebih lambat")])
def test_a_change_is_said_with_its_months_and_its_other_causes(state, said):
    found = ChangeSignal(state, since=date(2020, 5, 1), until=date(2020, 12, 1), **JUDGED)
    told = signals.change(words("id"), found, 5)
    assert said in told
    assert "dari Mei 2020 sampai Des 2020" in told
    assert "pengawasan, atau pelaporan" in told


@pytest.mark.parametrize("state", ["few", "no_roster", "no_register"])
@pytest.mark.parametrize(("lang", "said"), [("id", "tidak dinilai"), ("en", "is not judged")])
def test_what_is_not_judged_is_said_as_what_it_is(state, lang, said):
    assert said in signals.change(words(lang), ChangeSignal(state), 5)


@pytest.mark.parametrize(
    ("alike", "said"),
    [(True, "resemble each other"), (False, "differ from each other"), (None, "no pattern")],
)
def test_a_pattern_is_said_with_moran_and_the_regions(alike, said):
    told = signals.space(words("en"), SpaceSignal(alike=alike, is_simulated=True, **FIELD))
    assert said in told
    assert "Moran's I 0.31, p = 0.0002, 56 regions" in told
    assert "High together with their neighbours: Banjar and Tapin." in told
    assert "Unlike their neighbours: Kotabaru." in told
    assert "Low together" not in told


def test_a_verdict_is_kept_for_its_build(tmp_path, monkeypatch):
    burst = [builders.case(event_on=day) for day in BURST for _ in range(12)]
    for build_id, cases in (("calm", steady()), ("burst", steady() + burst)):
        builders.build(tmp_path, {"mart_workforce": staff(), "mart_case": cases}, build_id=build_id)
    monkeypatch.setenv("NETRA_DATA", str(tmp_path))
    assert results.change(OURS).state == "not_published"
    see_as(Scope("official", governments=("6472",)))
    assert results.change(OURS).state == "up"
    (tmp_path / "build" / "current").write_text("warehouse-calm.duckdb\n", encoding="utf-8")
    assert results.change(OURS).state == "none"


def test_where_there_is_no_pattern_there_is_nothing(over):
    assert results.space(results.of("alleged_rate", Selection(), "government")) is None
    assert results.change(Selection()) is None
