"""A running server over a small warehouse in which every government has numbers of its own."""

from __future__ import annotations

import os
from datetime import date

import pytest

from tests import builders
from tests.functional.conftest import served
from tests.pages.conftest import published

STAFF = {
    row["government_code"]: 10_007 + 137 * number
    for number, row in enumerate(builders._reference()["core_government"])
}


def rows():
    """Each government: staff of its own number in two snapshots, and more cases than are withheld."""
    workforce = [
        builders.heads(count, code, day)
        for code, count in STAFF.items()
        for day in (date(2023, 11, 30), builders.AS_OF)
    ]
    cases = [
        make(government_code=code)
        for number, code in enumerate(STAFF)
        for make in [builders.case] * (6 + number % 5) + [builders.decided] * 5
    ]
    return {"mart_workforce": workforce, "mart_case": cases, "core_published_figure": [published()]}


@pytest.fixture(scope="session")
def environment(tmp_path_factory):
    """The environment of a server over this warehouse, from which one address may ask hundreds of questions in a row."""
    root = tmp_path_factory.mktemp("served")
    builders.build(root / "data", rows())
    key = root / "key"
    key.touch(mode=0o600)
    return os.environ | {
        "NETRA_DATA": str(root / "data"), "NETRA_KEY_FILE": str(key), "NETRA_STEWARD_KEY": "kunci-petugas-uji",
        "NETRA_REQUESTS_PER_SECOND": "200", "NETRA_MESSAGES_PER_SECOND": "500",
    }  # fmt: skip


@pytest.fixture(scope="session")
def log(tmp_path_factory):
    """What the server has written, once it runs."""
    return tmp_path_factory.mktemp("log") / "server.log"


@pytest.fixture(scope="session")
def site(environment, log):
    """The address of a running server."""
    with served(environment, log) as address:
        yield address
