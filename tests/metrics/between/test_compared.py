"""Units compared: the second implementation agrees, and nothing withheld can be read off what is shown."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from metrics.answer import answer
from metrics.between.compared import COLUMNS, compare, compared
from metrics.between.strata import Expectation, codes, expectation, groupings
from metrics.comparing.reference import is_withheld
from tests import builders
from tests.metrics.between import oracle
from tests.metrics.between.worlds import measure, persons, publish, rows, staff, withheld
from tests.metrics.comparing.answers import rates
from warehouse.connection import open_warehouse
from warehouse.selection import Selection

CODES = ("6401", "6402", "6403", "6407", "6408", "6471", "6472")
STRATA = [
    (employment, position, age)
    for employment in ("PNS", "PPPK")
    for position in ("jpt", "pelaksana", "unknown")
    for age in ("30_39", "50_plus", "unknown")
]


def in_full(folder, world, hidden=frozenset()):
    """Whoever counts every person, and is told the strata by the table, all but those of `hidden`."""
    return builders.in_full(publish(builders.build(folder, world, k=None), world, hidden))


def ask(warehouse, selection=None, by="government"):
    """The comparison, the answers it was made of, and the groups of strata that the warehouse does not tell."""
    selection = selection or Selection()
    try:
        units = answer(warehouse, "alleged_rate", selection, by)
        whole = answer(warehouse, "alleged_rate", selection, "kalimantan")
        return compared(warehouse, units, whole), units, whole, withheld(warehouse)
    finally:
        warehouse.close()


@st.composite
def worlds(draw):
    strata, cases = [], []
    for code in draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=6, unique=True)):
        for as_of in draw(st.sampled_from([(date(2024, 1, 1),), (date(2023, 6, 1), date(2024, 9, 1))])):
            for stratum in draw(st.lists(st.sampled_from(STRATA), min_size=1, max_size=4, unique=True)):
                heads = draw(st.integers(1, 4000))
                strata.append(staff(code, draw(st.sampled_from("ab")), heads, *stratum, as_of=as_of))
        for stratum in draw(st.lists(st.sampled_from(STRATA), max_size=3)):
            cases += persons(draw(st.sampled_from((1, 3, 5, 9, 30))), code, "a", *stratum)
    return rows(strata, cases)


GROUPS = [stratum[:depth] for stratum in STRATA for depth in range(4)]


@given(worlds(), st.sets(st.sampled_from(GROUPS), max_size=4))
@settings(
    max_examples=15,
    # Shrinking a failure would take minutes.
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_second_implementation_agrees(tmp_path_factory, world, hidden):
    agrees(
        world, ask(in_full(tmp_path_factory.mktemp("compared"), world, {measure(*group) for group in hidden}))
    )


@given(worlds())
@settings(
    max_examples=8,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_second_implementation_agrees_with_what_the_public_sees(tmp_path_factory, world):
    """Whatever the protected table withholds, of units and of strata."""
    agrees(world, ask(open_warehouse(builders.build(tmp_path_factory.mktemp("public"), world))))


EDGES = {
    "one unit": ([staff("6401", "a", 1)], persons(9, "6401")),
    "nobody at all": ([staff("6401", "a", 0)], persons(9, "6401")),
    "zeros": ([staff("6401", "a", 900), staff("6402", "a", 0), staff("6403", "a", 700)], persons(12, "6401")),
    "no event": ([staff("6401", "a", 900), staff("6402", "a", 80)], []),
    "nulls": (
        [staff("6401", "a", 900), staff("6402", "a", 80, "PPPK", "unknown", "unknown")],
        persons(8, "6401", "a", "unknown", "unknown", "unknown")
        + [row | {"agency_id": None} for row in persons(11, "6402")],
    ),
    "huge": (
        [
            staff("6401", "a", 2_000_000_000),
            staff("6402", "a", 10**9),
            staff("6403", "a", 1),
            staff("6407", "a", 10**9),
        ],
        persons(1500, "6401") + persons(600, "6402") + persons(7, "6403"),
    ),
}


@pytest.mark.parametrize(
    "opened", [in_full, lambda folder, world: open_warehouse(builders.build(folder, world))]
)
@pytest.mark.parametrize("edge", EDGES)
def test_the_second_implementation_agrees_at_the_edges(tmp_path, edge, opened):
    world = rows(*EDGES[edge])
    agrees(world, ask(opened(tmp_path, world)))


def agrees(world, asked):
    """Expected counts, ratios and places in the funnel are those of the slow implementation; what is withheld has none."""
    found, units, whole, hidden = asked
    frame = found.placed.set_index("unit_id")
    wanted = [row for row in units.frame.to_dict("records") if row["refusal"] in ("none", "suppressed")]
    start, end = units.frame["period_start"].iloc[0].date(), units.frame["period_end"].iloc[0].date()
    members = {
        row["unit_id"]: lambda staff, code=row["unit_id"]: staff["government_code"] == code for row in wanted
    }
    with_staff = {row["government_code"] for row in world["mart_workforce_stratum"]}
    mine = [row for row in world["mart_case"] if row["government_code"] in with_staff]
    raw = oracle.expected(world, oracle.days_between(start, end), mine, members, 5, hidden)
    total = whole.frame["events"].iloc[0]
    if not wanted or whole.frame["refusal"].iloc[0] != "none" or not total or not sum(raw.values()):
        withheld = is_withheld(whole)
        why = "group_suppressed" if withheld else "no_reference"
        assert set(frame["refusal"]) <= {why, "no_roster", "no_events_table", "scope"}
        return
    fitted = {unit: value * float(total) / sum(raw.values()) for unit, value in raw.items()}
    for row in wanted:
        got = frame.loc[row["unit_id"]]
        if not fitted[row["unit_id"]]:
            assert got["refusal"] == "no_reference"
            continue
        assert got["expected"] == pytest.approx(fitted[row["unit_id"]], rel=1e-9)
        if row["refusal"] == "none":
            assert got["ratio"] == pytest.approx(row["events"] / fitted[row["unit_id"]], rel=1e-9)
            tau2 = found.dispersion.tau2 if found.dispersion.is_over else 0.0
            assert got["position"] == oracle.position(row["events"], fitted[row["unit_id"]], tau2)
        else:
            assert got[["observed", "ratio", "smoothed", "rank_lower", "rank_upper"]].isna().all()


def base(hidden):
    strata = [staff(code, "a", 1000 * (n + 1)) for n, code in enumerate(CODES)]
    cases = persons(30, "6401") + persons(9, "6402") + persons(hidden[0], "6403") + persons(hidden[1], "6407")
    return rows(strata, cases)


def test_a_withheld_count_changes_nothing_that_is_shown(tmp_path):
    """1 and 4 withheld persons look like 2 and 3, 3 and 2, 4 and 1: every cell, every limit, every rank."""
    first = ask(in_full(tmp_path / "0", base((1, 4))))[0]
    assert first.frame["suppressed"].sum() == 2
    for n, hidden in enumerate([(2, 3), (3, 2), (4, 1)], start=1):
        other = ask(in_full(tmp_path / str(n), base(hidden)))[0]
        assert first.placed.equals(other.placed)
        assert replace(first, frame=other.frame) == replace(other, frame=other.frame)


def test_a_withheld_unit_shows_no_ratio_smoothing_rank_or_place_in_the_funnel(tmp_path):
    frame = ask(in_full(tmp_path, base((1, 4))))[0].placed
    hidden = frame[frame["suppressed"]]
    empty = [
        "observed",
        "ratio",
        "smoothed",
        "weight",
        "rank_lower",
        "rank_upper",
    ]
    assert hidden[empty].isna().all(axis=None)
    assert (hidden["position"] == 0).all() and not hidden["discovered"].any()
    assert (hidden["refusal"] == "suppressed").all()
    # What is told is the range of 1 to 4, the same for every withheld count.
    assert (hidden["lower"] < hidden["upper"]).all()


def test_zero_is_drawn_with_its_upper_bound(tmp_path):
    frame = ask(in_full(tmp_path, base((1, 4))))[0].frame.set_index("unit_id")
    zero = frame.loc["6408"]
    assert zero["ratio"] == 0
    assert zero["upper"] == pytest.approx(-np.log(0.05) / zero["expected"])


def test_staff_of_a_kind_with_more_events_lets_more_be_expected(tmp_path):
    strata = [
        staff("6401", "a", 100, "PNS", "jpt", "50_plus"), staff("6401", "a", 900),
        staff("6402", "a", 10, "PNS", "jpt", "50_plus"), staff("6402", "a", 990),
    ]  # fmt: skip
    cases = persons(11, "6401", "a", "PNS", "jpt", "50_plus") + persons(
        9, "6402", "a", "PNS", "pelaksana", "30_39"
    )
    frame = ask(in_full(tmp_path, rows(strata, cases)))[0].frame.set_index("unit_id")
    assert frame.loc["6401", "expected"] == pytest.approx(10 + 900 * 9 / 1890)
    assert frame.loc["6402", "expected"] == pytest.approx(1 + 990 * 9 / 1890)


def test_what_is_expected_adds_up_to_what_is_published(tmp_path):
    found, _, whole, _ = ask(in_full(tmp_path, base((1, 4))))
    assert found.frame["expected"].sum() == pytest.approx(float(whole.frame["events"].iloc[0]))


def test_agencies_are_compared_within_their_government(tmp_path):
    strata = [staff("6401", agency, heads) for agency, heads in (("a", 500), ("b", 1500), ("c", 3000))]
    cases = persons(12, "6401", "a") + persons(6, "6401", "b") + persons(6, "6401", "nowhere")
    for row in cases[18:]:
        row["agency_id"] = None
    found, units, *_ = ask(in_full(tmp_path, rows(strata, cases)), Selection(governments=("6401",)), "agency")
    frame = found.frame.set_index("unit_id")
    assert units.events_out_of_scope == 6
    assert frame["expected"].sum() == pytest.approx(18)
    assert frame.loc["6401-a", "ratio"] == pytest.approx(12 / (18 * 500 / 5000))
    assert frame.loc["6401-a", "position"] == 2


def test_nothing_to_compare_is_told_as_such(tmp_path):
    found = ask(in_full(tmp_path, rows([staff("6401", "a", 100)], [])))[0]
    assert list(found.frame.columns) == list(COLUMNS)
    assert found.told.empty
    assert found.ranked == 0


def test_strata_are_grouped_from_fine_to_coarse():
    fine, middle, coarse = groupings()
    strata = [code.split("|") for code in codes()]
    assert len(set(fine) - {-1}) == 2 * 5 * 4
    assert len(set(middle) - {-1}) == 2 * 5
    assert len(set(coarse) - {-1}) == 2
    for place, (_, position, age) in enumerate(strata):
        assert (fine[place] == -1) == ("unknown" in (position, age))
        assert (middle[place] == -1) == (position == "unknown")


def test_the_exposure_of_the_strata_is_the_exposure_of_the_rate(warehouse):
    for by in ("government", "agency"):
        units = answer(warehouse, "alleged_rate", Selection(), by)
        found = expectation(warehouse, units.definition, units.selection, by)
        for got, row in zip(found.exposure, units.frame.to_dict("records"), strict=True):
            if row["refusal"] in ("none", "suppressed"):
                assert got == pytest.approx(row["exposure"])


@pytest.mark.parametrize("hidden", [None, (), STRATA[0]])
@pytest.mark.parametrize(("known", "unknown"), [(3, 0), (20, 2), (20, 6), (0, 7)])
def test_how_many_have_a_known_stratum_is_told_where_the_table_tells_it(tmp_path, known, unknown, hidden):
    cases = persons(known, "6401", "a", *STRATA[0]) + persons(unknown, "6401", "a", "PNS", "jpt", "unknown")
    world = rows([staff("6401", "a", 4000, *STRATA[0])], cases)
    found, *_ = ask(in_full(tmp_path, world, set() if hidden is None else {measure(*hidden)}))
    assert (found.known, found.counted) == ((known, known + unknown) if hidden is None else (None, None))


def by_hand(counts, total=240, most=None):
    """The comparison of units a, b, c ... of which counts or ranges are told, with the same expected of each."""
    units, whole = rates(counts), rates([((total, most or total), 9000, "none")], "kalimantan")
    parts = np.array([[float(years)] for _, years, _ in counts])
    return compare(units, whole, Expectation(tuple(units.frame["unit_id"]), parts[:, 0], parts, None, None))


counted = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 900)), min_size=2, max_size=8)


@given(counted, st.data())
@settings(max_examples=30)
def test_a_wider_range_never_gives_a_narrower_interval(drawn, data):
    few = st.integers(0, 9)
    near = [((n, n + data.draw(st.integers(1, 30))), years, "none") for n, years in drawn]
    wide = [((max(0, n - data.draw(few)), m + data.draw(few)), years, why) for (n, m), years, why in near]
    first, other = by_hand(near).frame, by_hand(wide).frame
    assert (other["lower"] <= first["lower"]).all() and (first["upper"] <= other["upper"]).all()
    assert first["expected"].equals(other["expected"])
    for frame in (first, other):
        assert frame[["observed", "ratio", "smoothed"]].isna().all(axis=None)
        assert frame["suppressed"].all() and not frame["discovered"].any() and (frame["position"] == 0).all()


@given(counted)
@settings(max_examples=30)
def test_the_interval_of_a_range_holds_that_of_every_count_in_it(drawn):
    ranges = by_hand([((n, n + 6), years, "none") for n, years in drawn]).frame
    for step in (0, 3, 6):
        told = by_hand([((n + step, n + step), years, "none") for n, years in drawn]).frame
        assert (ranges["lower"] <= told["lower"]).all() and (told["upper"] <= ranges["upper"]).all()


def test_the_prior_of_ranges_is_that_of_their_counts_where_they_are_narrow():
    counts = [(40, 900), (3, 300), (90, 1200), (9, 800), (12, 100), (60, 500)]
    exact = by_hand([((n, n), years, "none") for n, years in counts]).prior
    mixed = by_hand([((n, n + n % 2), years, "none") for n, years in counts]).prior
    wide = by_hand([((n, n + 60 * (n % 2)), years, "none") for n, years in counts]).prior
    assert mixed.mean == pytest.approx(exact.mean, rel=0.05)
    assert abs(wide.mean - exact.mean) > abs(mixed.mean - exact.mean)


def test_what_nothing_bounds_has_an_expected_count_and_no_more():
    found = by_hand(
        [(40, 900, "none"), ((3, np.nan), 300, "none"), (90, 1200, "none"), (0, 0, "not_published")]
    )
    row, silent = found.placed.iloc[1], found.placed.iloc[3]
    assert row["refusal"] == "suppressed" and row["expected"] > 0 and row["least"] == 3
    assert row[["observed", "ratio", "upper", "smoothed", "rank_lower", "most"]].isna().all()
    assert silent["refusal"] == "not_published" and silent[["expected", "lower", "upper"]].isna().all()
    assert found.ranked == 3


@given(counted, st.integers(100, 300), st.integers(1, 5))
@settings(max_examples=30, deadline=None)
def test_a_place_in_the_funnel_is_told_only_where_both_ends_of_the_group_give_it(drawn, least, width):
    rows = [(n if n >= 5 else 0, years, "none") for n, years in drawn]
    found = by_hand(rows, least, least + width)
    every = [by_hand(rows, total).frame for total in (least, least + width)]
    # The scatter is that of the middle, so ends are compared with the limits of the middle.
    if found.dispersion.is_over or any(
        by_hand(rows, total).dispersion.is_over for total in (least, least + width)
    ):
        return
    places = np.array([frame["position"] for frame in every])
    wanted = np.where((places > 0).all(axis=0), places.min(axis=0), 0) + np.where(
        (places < 0).all(axis=0), places.max(axis=0), 0
    )
    assert found.frame["position"].tolist() == wanted.tolist()
    apart = np.array([frame["discovered"] for frame in every]).all(axis=0)
    assert found.frame["discovered"].tolist() == apart.tolist()


def test_a_group_whose_number_is_withheld_is_not_told_as_one_without_events():
    assert set(by_hand([(20, 900, "none")] * 2, 100, 140).frame["refusal"]) == {"group_suppressed"}
    assert set(by_hand([(0, 900, "none")] * 2, 0).frame["refusal"]) == {"no_reference"}
