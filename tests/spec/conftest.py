"""`ask`: a few rows in, one answer out; the election TEST lasts ten days and all of Kalimantan Timur votes."""

from datetime import date

import pytest

from metrics.answer import answer
from tests import builders
from warehouse.selection import Selection

START, END = date(2024, 1, 1), date(2024, 1, 10)
ELECTION = {
    "election_code": "TEST",
    "name_id": "Pemilihan Uji",
    "name_en": "Test election",
    "election_type": "pilkada",
    "voting_on": END,
    "window_start_on": START,
    "window_end_on": END,
}
VOTES = [{"election_code": "TEST", "region_code": code, "contest": "governor"} for code in ("6402", "6472")]


@pytest.fixture
def ask(tmp_path):
    """Answer a question on rows of mart_workforce and mart_case alone; one row comes back as a dict."""
    opened = []

    def asked(staff, cases, metric_id, selection=None, **split):
        rows = {
            "core_election": [ELECTION],
            "core_election_region": VOTES,
            "core_build": [{"build_id": builders.BUILD_ID, "as_of": END}],
            "mart_workforce": staff,
            "mart_case": cases,
        }
        opened.append(builders.in_full(builders.build(tmp_path / str(len(opened)), rows, k=None)))
        return answer(opened[-1], metric_id, selection or Selection(governments=("6472",)), **split)

    yield asked
    for warehouse in opened:
        warehouse.close()


@pytest.fixture
def ask_one(ask):
    """As `ask`, for answers of one row."""

    def asked(*question, **split):
        rows = ask(*question, **split).frame.to_dict("records")
        assert len(rows) == 1
        return rows[0]

    return asked
