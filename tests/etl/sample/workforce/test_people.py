import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import ContractError
from etl.sample.model import Turnover
from etl.sample.workforce.agencies import Agency, Posts, Profile
from etl.sample.workforce.people import Structure, number, simulate, slide
from etl.sample.workforce.sizes import Size

DATES = (datetime.date(2018, 6, 30), datetime.date(2020, 12, 31), datetime.date(2024, 11, 30))
TURNOVER = Turnover(leavers=(0.07, 0.115), newcomers=(0.035, 0.03), pppk_leavers=(0.0, 0.02))
POSTS = Posts(jpt=1, administrator=2, pengawas=3, pengawas_after=2)
STRUCTURE = Structure(
    agencies=[
        Agency(f"Dinas {name}", "dinas", "dinas", "office", weight, POSTS)
        for name, weight in (("A", 1), ("B", 3))
    ],
    profiles={"office": Profile(female=0.5, functional=0.3, pppk=1.0)},
    fixed_pppk={0: 150},
)


@pytest.fixture(scope="module")
def people():
    sizes = dict(zip(DATES, (Size(1000, 0), Size(950, 10), Size(800, 400)), strict=True))
    return simulate(sizes, STRUCTURE, TURNOVER, (7, 44))


@given(st.lists(st.integers(0, 500), min_size=3, max_size=3))
def test_windows_have_the_asked_sizes_and_only_move_forward(sizes):
    windows = slide(sizes, TURNOVER.leavers, TURNOVER.newcomers)
    assert [end - start for start, end in zip(windows.starts, windows.ends, strict=True)] == sizes
    assert sorted(windows.starts) == list(windows.starts)
    assert sorted(windows.ends) == list(windows.ends)


def test_snapshots_have_the_asked_sizes(people):
    for on, pns, pppk in ((DATES[0], 1000, 0), (DATES[1], 950, 10), (DATES[2], 800, 400)):
        inside = people.is_pppk[people.windows[on]]
        assert (int((~inside).sum()), int(inside.sum())) == (pns, pppk)


def test_most_people_stay_the_oldest_leave_and_newcomers_join(people):
    first, last = people.windows[DATES[0]], people.windows[DATES[2]]
    stayed = np.intersect1d(first, last)
    assert 600 < len(stayed) < 1000
    left = np.setdiff1d(first, last)
    assert people.birth[left].max() <= people.birth[stayed].min()


def test_nobody_is_appointed_after_a_roster_that_lists_them(people):
    for on in DATES:
        assert people.appointed[people.windows[on]].max() <= on.year * 12 + on.month - 1


def test_numbers_belong_to_nobody_and_to_one_person(people):
    assert len(set(people.nip.tolist())) == len(people.nip)
    for nip, is_pppk, is_female in zip(people.nip.tolist(), people.is_pppk, people.is_female, strict=True):
        text = str(nip)
        assert len(text) == 18
        born = datetime.date.fromisoformat(f"{text[:4]}-{text[4:6]}-{text[6:8]}")
        assert 1884 <= born.year <= 1928
        assert 17 <= int(text[8:12]) - (born.year + 74) <= 60
        assert (21 <= int(text[12:14]) <= 22) if is_pppk else (1 <= int(text[12:14]) <= 12)
        assert text[14] == ("2" if is_female else "1")
        assert text[15:] != "000"


def test_a_published_number_of_pppk_in_an_agency_is_kept(people):
    latest = people.windows[DATES[2]]
    pppk = latest[people.is_pppk[latest]]
    assert int((people.agency[pppk] == 0).sum()) == 150


def test_too_many_equal_birth_dates_are_refused():
    same = np.zeros(20, dtype=np.int64)
    with pytest.raises(ContractError, match="--scale"):
        number(same, same + 2000 * 12, same > 0, same > 0, 1)
