"""What the public is told holds what is true: every range the true count, every count told the true one."""

import tempfile
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from metrics.answer import answer
from metrics.frame import records
from tests import builders
from tests.metrics.test_oracle import GOVERNMENTS, WAYS, equal, selections, worlds
from warehouse.connection import open_warehouse

PARTS = 12
EXAMPLES = 2
KEYS = ["unit_id", "period", "group"]
SEVERITIES = ("moral", "light", "medium", "heavy")
SILENT = ("suppressed", "not_published")


def compared(row):
    """What a build would say of the severities of a case: the table is protected knowing what its columns mean."""
    pair = row["recommended_severity"], row["imposed_severity"]
    if not row["is_decided"]:
        return {"comparison": "none", "severity_pair": "none"}
    order = [SEVERITIES.index(severity) if severity in SEVERITIES else None for severity in pair]
    if None in order:
        return {"comparison": "unknown", "severity_pair": ">".join(pair)}
    step = (order[1] > order[0]) - (order[1] < order[0])
    return {"comparison": ("as_recommended", "heavier", "lighter")[step], "severity_pair": ">".join(pair)}


@st.composite
def registered(draw):
    """A random world whose first event lies on the first day of a year: the public is told the year alone.

    Some have a roster of every government, so that whole provinces have rates.
    """
    world = draw(worlds())
    world["mart_case"] = [row | compared(row) for row in world["mart_case"]]
    if world["mart_case"]:
        world["mart_case"][0]["event_on"] = date(2023, 1, 1)
    if draw(st.booleans()):
        world["mart_workforce"] = [
            builders.heads(
                draw(st.integers(0, 900)), code, date(2023, 6, 30), employment, agency_id=f"{code}-dinas"
            )
            for code in GOVERNMENTS
            for employment in ("PNS", "PPPK")
        ]
    return world


@st.composite
def wishes(draw):
    """What is chosen; mostly nothing that is never published, which the public is refused at once."""
    wish = draw(selections())
    if draw(st.integers(0, 3)):
        wish = replace(wish, since=None, until=None, statuses=(), violations=())
    return wish if draw(st.booleans()) else replace(wish, employment=(), agencies=())


def holds(public, full, way, wish):
    """Every row of a protected answer against the same row counted from persons, nothing hidden."""
    told, true = (answer(opened, way[0], wish, *way[1:]) for opened in (public, full))
    frame, wanted = (found.frame.set_index(KEYS) for found in (told, true))
    assert frame.index.equals(wanted.index), (way, wish)
    for key, row, real in zip(frame.index, records(frame), records(wanted), strict=True):
        assert row["refusal"] == real["refusal"] or row["refusal"] in SILENT, (way, wish, key, row, real)
        if row["refusal"] == "suppressed":
            # Of a withheld share nothing at all is told.
            true_count = 0 if real["events"] is None else real["events"]
            assert row["least"] is None or row["least"] <= true_count, (way, wish, key, row, real)
            assert row["most"] is None or true_count <= row["most"], (way, wish, key, row, real)
            # Not even what anybody could work out of the table is written down where it is a few persons.
            assert row["least"] is None or row["least"] != row["most"], (way, wish, key, row)
        if row["refusal"] == "none":
            assert row["events"] == row["least"] == row["most"] == real["events"], (way, wish, key, row, real)
            parts = [
                row["events"],
                *([row["exposure"] - row["events"]] if told.basis == "persons" and row["exposure"] else []),
            ]
            assert not any(0 < part < 5 for part in parts), (way, wish, key, row)
            for name in ("exposure", "headcount", "estimate", "lower", "upper"):
                assert equal(row[name], real[name]), (way, wish, key, name)
        assert row["is_simulated"] or not real["is_simulated"] or row["refusal"] in SILENT, (way, wish, key)
    outside = told.events_out_of_scope
    assert outside is None or not 0 < outside < 5, (way, wish, outside)
    if not set(frame["refusal"]) & {"not_published"}:
        assert outside is None or outside == true.events_out_of_scope, (way, wish, outside)
    assert told.coverage == true.coverage and told.as_of == true.as_of
    return told


# Shrinking a failure would take minutes; the assertion names question and row instead.
@pytest.mark.parametrize("part", range(PARTS))
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_every_range_holds_the_true_count(part, data):
    world = data.draw(registered())
    with tempfile.TemporaryDirectory() as folder:
        settings_of = builders.build(folder, world)
        public, full = open_warehouse(settings_of), builders.in_full(settings_of)
        full.suppress_below = 1
        # Hypothesis starts with a world without people, where one question of each part is enough.
        for way in WAYS[part::PARTS] if world["mart_case"] else WAYS[part : part + 1]:
            holds(public, full, way, data.draw(wishes()))
        public.close()
        full.close()
