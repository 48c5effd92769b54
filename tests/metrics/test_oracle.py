"""Every metric, breakdown and period, and every group, equals the slow second implementation on invented data."""

import tempfile
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from metrics.answer import answer
from metrics.definition import definitions
from tests import builders
from tests.metrics import oracle
from warehouse.selection import Selection

GOVERNMENTS = ("61", "6171", "64", "6402", "6472")
AGENCIES = tuple(f"{code}-{name}" for code in GOVERNMENTS for name in ("dinas", "rsud"))
PARTS = 12
EXAMPLES = 2
DAY0 = date(2023, 1, 1)
WAYS = [
    (metric_id, by, period, group)
    for metric_id, found in definitions().items()
    for by in ("kalimantan", "province", "government", "agency")
    for period in ("whole", "election")
    for group in (None, *found.groups)
    if group is None or by in ("province", "agency")
]


def days(last=900):
    return st.integers(0, last).map(lambda n: DAY0 + timedelta(days=n))


@st.composite
def elections(draw):
    rows, votes = [], []
    for code, kind in (("E1", "pilkada"), ("E2", "pemilu"), ("E3", "psu")):
        start = draw(days(600))
        end = start + timedelta(days=draw(st.integers(0, 60)))
        rows.append(
            {"election_code": code, "name_id": code, "name_en": code, "election_type": kind, "voting_on": end}
            | {
                "window_start_on": start,
                "window_end_on": end,
                "candidate_set_on": start,
                "campaign_start_on": start,
            }
        )
        for region in draw(st.sets(st.sampled_from(GOVERNMENTS))):
            votes.append({"election_code": code, "region_code": region, "contest": "governor"})
    return rows, votes


@st.composite
def staff(draw):
    rows = []
    for code in draw(st.sets(st.sampled_from(GOVERNMENTS))):
        # Some rosters lie too far from every period to be used.
        for as_of in draw(
            st.sets(st.integers(-900, 1500).map(lambda n: DAY0 + timedelta(days=n)), max_size=3)
        ):
            for agency, employment in draw(
                st.sets(st.tuples(st.sampled_from(("dinas", "rsud")), st.sampled_from(("PNS", "PPPK"))))
            ):
                rows.append(
                    builders.heads(
                        draw(st.integers(0, 3000)),
                        code,
                        as_of,
                        employment,
                        agency_id=f"{code}-{agency}",
                        is_simulated=draw(st.booleans()),
                    )
                )
    return rows


@st.composite
def cases(draw):
    code = draw(st.sampled_from(GOVERNMENTS))
    is_recommended = draw(st.booleans())
    is_decided = is_recommended and draw(st.booleans())
    severity = st.sampled_from(("moral", "light", "heavy", "unknown"))
    return builders.case(
        code,
        agency_id=draw(st.sampled_from((f"{code}-dinas", f"{code}-rsud", None))),
        employment_type=draw(st.sampled_from(("PNS", "PPPK", "unknown"))),
        roster_match=draw(st.sampled_from(("found", "absent", "no_number"))),
        category=draw(st.sampled_from(("code_of_ethics", "discipline", "unknown"))),
        violation_code=draw(st.sampled_from(("DIS-01", "ETIK-01"))),
        election_code=draw(st.sampled_from(("E1", "E2", "E3", "none"))),
        event_on=draw(days(700)),
        status=draw(st.sampled_from(("reported", "recommended", "decided"))),
        is_recommended=is_recommended,
        is_decided=is_decided,
        recommended_severity=draw(severity) if is_recommended else "none",
        imposed_severity=draw(severity) if is_decided else "none",
        comparison=draw(st.sampled_from(("as_recommended", "lighter", "heavier", "unknown")))
        if is_decided
        else "none",
        is_simulated=draw(st.booleans()),
    )


@st.composite
def worlds(draw):
    rows, votes = draw(elections())
    workforce = draw(staff())
    found = draw(st.lists(cases(), max_size=12))
    # Each drawn case stands for several persons, so that counts pass the threshold of small numbers.
    people = [
        case | {"person_number": n}
        for case in found
        for n in range(1, draw(st.sampled_from((1, 2, 5, 8))) + 1)
    ]
    latest = max(
        [row["as_of"] for row in workforce]
        + [row["event_on"] for row in people]
        # Acts lie in any phase whatever their day, so all have begun.
        + [row["window_start_on"] for row in rows]
        + [DAY0]
    )
    return {
        "core_election": rows,
        "core_election_region": votes,
        "core_agency": [
            {"agency_id": agency, "government_code": agency.split("-")[0], "name": agency}
            for agency in AGENCIES
        ],
        "core_government": [
            {"government_code": code, "name": code, "short_name": code, "province_code": code[:2]}
            | {"level": "province" if len(code) == 2 else "regency"}
            for code in GOVERNMENTS
        ],
        "core_build": [{"build_id": builders.BUILD_ID, "as_of": latest}],
        "mart_workforce": workforce,
        "mart_case": people,
    }


def some(values):
    return st.one_of(st.just(()), st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple))


@st.composite
def selections(draw):
    since, until = draw(st.one_of(st.none(), days())), draw(st.one_of(st.none(), days()))
    if since and until and since > until:
        since, until = until, since
    return Selection(
        provinces=draw(some(("61", "64"))),
        governments=draw(some(GOVERNMENTS)),
        agencies=draw(some(AGENCIES)),
        elections=draw(some(("E1", "E2", "E3"))),
        since=since,
        until=until,
        statuses=draw(some(("reported", "decided"))),
        violations=draw(some(("DIS-01", "ETIK-01"))),
        employment=draw(some(("PNS", "PPPK", "unknown"))),
    )


def equal(found, expected):
    if expected is None:
        return pd.isna(found)
    if isinstance(expected, str):
        return found == expected
    return not pd.isna(found) and found == pytest.approx(expected, rel=1e-9, abs=1e-9)


def compare(warehouse, world, way, wish):
    result = answer(warehouse, way[0], wish, *way[1:])
    rows, left_out, coverage = oracle.answer(world, way[0], wish, *way[1:])
    found = {(row["unit_id"], row["period"], row["group"]): row for row in result.frame.to_dict("records")}
    assert set(found) == set(rows), (way, wish)
    for key, expected in rows.items():
        for column, value in expected.items():
            assert equal(found[key][column], value), (way, wish, key, column, found[key][column], value)
    assert result.events_out_of_scope == (None if 0 < left_out < 5 else left_out), (way, wish)
    assert (result.coverage.governments_with_roster, result.coverage.governments_total) == coverage
    assert result.is_simulated == any(row["is_simulated"] for row in rows.values())


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
def test_every_way_of_asking_equals_the_oracle(part, data):
    world = data.draw(worlds())
    with tempfile.TemporaryDirectory() as folder:
        warehouse = builders.in_full(builders.build(folder, world, k=None))
        try:
            # Hypothesis starts with a world without people, where one question of each part is enough.
            for way in WAYS[part::PARTS] if world["mart_case"] else WAYS[part : part + 1]:
                compare(warehouse, world, way, data.draw(selections()))
        finally:
            warehouse.close()
