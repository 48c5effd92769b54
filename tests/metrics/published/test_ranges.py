"""Sums of places against every filling of a small table: never more than it tells, never less than its own cells tell."""

from itertools import product
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.published.cells import COVERED, ISLAND, WHOLE, Published, added, both, without
from metrics.published.ranges import Asked, of_agencies, of_governments, total

HOMES = {"61": ("61",), "64": ("64", "6402", "6472")}
CODES = tuple(code for codes in HOMES.values() for code in codes)
PLACES = {
    **{("government", code): frozenset((code,)) for code in CODES},
    **{("province", province): frozenset(codes) for province, codes in HOMES.items()},
    (ISLAND, ISLAND): frozenset(CODES),
}
MOST = 4
spans = st.tuples(st.integers(0, 9), st.one_of(st.integers(0, 9), st.just(inf))).map(
    lambda ends: (ends[0], ends[0] + ends[1])
)


@st.composite
def tables(draw):
    """True counts of governments, a table of ranges that hold them, and the governments with a roster."""
    counts = {code: draw(st.integers(0, MOST)) for code in CODES}
    rosters = frozenset(draw(st.sets(st.sampled_from(CODES))))
    # What is published at all: measures of governments, of provinces and the island, and those of covered governments.
    levels = {level: draw(st.integers(0, 3)) > 0 for level in ("government", "province", ISLAND)}
    covers = {level: draw(st.booleans()) for level in ("province", ISLAND)}

    def told(codes):
        true = sum(counts[code] for code in codes)
        low, high = (draw(st.one_of(st.just(0), st.integers(0, 2))) for _ in range(2))
        return max(0, true - low), inf if draw(st.integers(0, 9)) == 0 else true + high

    cells = {}
    for (level, place), codes in PLACES.items():
        found = {"is_other=true": (0, inf)}
        if levels[level]:
            found["persons"] = told(codes)
        if covers.get(level):
            found[COVERED] = told(codes & rosters)
        cells[level, place, WHOLE] = found
    return counts, cells, rosters


def fillings(cells, rosters):
    """Every set of counts of governments that the table allows; a count without bounds goes as far as matters here."""
    ways = []
    for code in CODES:
        low, high = cells["government", code, WHOLE].get("persons", (0, MOST))
        ways.append(range(low, int(min(high, MOST + 1)) + 1))
    for counts in product(*ways):
        filling = dict(zip(CODES, counts, strict=True))
        if all(
            span[0] <= sum(filling[code] for code in codes if name == "persons" or code in rosters) <= span[1]
            for (level, place), codes in PLACES.items()
            for name, span in cells[level, place, WHOLE].items()
            if name != "is_other=true" and level != "government"
        ):
            yield filling


def own_sets(cells, rosters, *, is_rate):
    """Sets that have a cell of their own; in a table as it is built that cell tells all that the others leave of it."""
    for place, codes in PLACES.items():
        if "persons" in cells.get((*place, WHOLE), {}):
            yield codes
        if is_rate and COVERED in cells.get((*place, WHOLE), {}):
            yield codes & rosters


@settings(max_examples=60)
@given(tables(), st.sets(st.sampled_from(CODES)), st.booleans())
def test_a_set_of_governments_lies_where_the_table_lets_it_lie(table, codes, is_rate):
    counts, cells, rosters = table
    asked = Asked(WHOLE, ("persons",), *((COVERED,), rosters) if is_rate else ())
    found = of_governments(Published(cells), asked, codes)
    known = cells["government", "61", WHOLE].get("persons") is not None
    if found is None:
        assert not known
        return
    assert found[0] <= sum(counts[code] for code in codes) <= found[1]
    sums = [sum(filling[code] for code in codes) for filling in fillings(cells, rosters)]
    assert found[0] <= min(sums) and max(sums) <= found[1]
    parts = {frozenset(codes), *(frozenset(codes & whole) for whole in PLACES.values())}
    if known and not parts & set(own_sets(cells, rosters, is_rate=is_rate)):
        alone = added(cells["government", code, WHOLE]["persons"] for code in codes)
        assert alone[0] <= found[0] and found[1] <= alone[1]
    inside = {code[:2] for code in codes}
    place = (ISLAND, ISLAND) if len(inside) > 1 else ("province", *inside)
    for name, whole in (("persons", PLACES.get(place)), (COVERED, PLACES.get(place, frozenset()) & rosters)):
        cell = cells.get((*place, WHOLE), {}).get(name)
        if cell and codes == whole and len(codes) > 1 and (is_rate or name == "persons"):
            assert cell[0] <= found[0] and found[1] <= cell[1]


@settings(max_examples=60)
@given(tables(), st.sets(st.sampled_from(CODES)), st.data())
def test_a_wider_table_never_tells_more(table, codes, data):
    _, cells, rosters = table
    asked = Asked(WHOLE, ("persons",), (COVERED,), rosters)
    step = st.integers(0, 2)
    wide = {
        key: {
            name: (max(0, low - data.draw(step)), high + data.draw(step))
            for name, (low, high) in found.items()
        }
        for key, found in cells.items()
    }
    near, far = (of_governments(Published(one), asked, codes) for one in (cells, wide))
    assert (near is None) == (far is None)
    assert near is None or (far[0] <= near[0] and near[1] <= far[1])


@given(tables())
def test_whoever_has_no_register_no_case_or_no_place_is_nobody(table):
    _, cells, rosters = table
    published = Published(cells)
    for wanted in ((), ("62", "6271")):
        assert of_governments(published, Asked(WHOLE, ("persons",), (COVERED,), rosters), wanted) == (0, 0)
    assert of_governments(published, Asked("PILKADA2024", ("persons",)), CODES) == (0, 0)
    assert of_governments(published, Asked(WHOLE, ()), CODES) == (0, 0)
    assert of_governments(published, Asked(WHOLE, ("severity_pair=light>moral",)), CODES) is None
    assert of_governments(Published({}), Asked(WHOLE, ("persons",)), CODES) == (0, 0)


def test_a_covered_part_tells_what_the_others_leave_of_it():
    """Rosters of all but one: the whole without the covered is what the last has, and the covered is the rate's count."""
    cells = {
        key: {"is_other=true": (0, inf)}
        | ({} if key[0] == "government" else {"persons": (9, 9), COVERED: (7, 7)})
        for key in (("government", "64", WHOLE), ("government", "6402", WHOLE), ("province", "64", WHOLE))
    }
    asked = Asked(WHOLE, ("persons",), (COVERED,), frozenset(("64",)))
    assert of_governments(Published(cells), asked, ("64",)) == (7, 7)
    assert of_governments(Published(cells), asked, ("6402",)) == (2, 2)
    assert of_governments(Published(cells), asked, ("64", "6402")) == (9, 9)


def test_agencies_are_the_sum_of_their_cells_and_an_agency_without_any_has_nobody():
    cells = {("agency", "64-a", WHOLE): {"persons": (6, 6)}, ("agency", "64-b", WHOLE): {"persons": (1, 4)}}
    published, asked = Published(cells), Asked(WHOLE, ("persons",))
    assert of_agencies(published, asked, ("64-a", "64-b")) == (7, 10)
    assert of_agencies(published, asked, ("64-a", "64-c")) == (6, 6)
    assert of_agencies(published, asked, ()) == of_agencies(published, Asked(WHOLE, ()), ("64-a",)) == (0, 0)
    assert of_agencies(published, Asked(WHOLE, ("is_decided=true",)), ("64-a",)) is None
    assert of_agencies(published, Asked("PILKADA2024", ("persons",)), ("64-a",)) is None


@given(st.lists(spans, max_size=4))
def test_sums_have_the_ends_of_their_parts(parts):
    assert added(parts) == (sum(low for low, _ in parts), sum(high for _, high in parts))
    assert total(parts) == added(parts)
    assert total([*parts, None]) is None


@given(spans, spans)
def test_a_rest_is_all_that_a_whole_and_its_part_leave(whole, part):
    low, high = without(whole, part)
    ends = [(w, p) for w in span(whole) for p in span(part) if p <= w]
    if ends:
        rests = [w - p for w, p in ends]
        assert low == min(rests)
        assert high == (inf if whole[1] == inf else max(rests))


def span(ends, far=40):
    return range(ends[0], int(min(ends[1], far)) + 1)


@given(spans, spans)
def test_two_spans_of_one_count_leave_what_both_allow(first, second):
    shared = set(span(first)) & set(span(second))
    if not shared:
        with pytest.raises(AssertionError, match="contradict"):
            both(first, second)
        return
    low, high = both(first, second)
    assert (low, min(high, 40)) == (min(shared), max(shared))
