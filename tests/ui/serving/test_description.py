"""The OpenAPI description holds for whatever Schemathesis makes of it: right questions are answered, wrong ones refused as told."""

import json
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from starlette.applications import Starlette

from tests import builders
from tests.pages.conftest import rows
from ui.access import run
from ui.downloading.shelf import Shelf
from ui.serving.files import routes
from ui.serving.files.described import document

ROOT = "/unduh/v1"
BUILD = "described-1"
# A package in no time: what is in one is tested elsewhere.
QUICK = "import sys, pathlib; pathlib.Path(sys.argv[2]).write_text('x'); print('0.5'); print('a' * 64)"
FIXED = ("get_openapi", "head_openapi", "get_builds", "head_builds")
ASKED = ("get_answer", "head_answer", "get_sheet", "head_sheet", "get_package", "head_package")
"""Those that have parameters, which can be wrong."""
MODES = [*((name, "positive") for name in (*FIXED, *ASKED)), *((name, "negative") for name in ASKED)]
EXAMPLES = 25
CODES = {
    "build": [BUILD],
    "place": ["kalimantan", "64", "6472", "pemprov-64"],
    "provinsi": ["", "64", "61,64"],
    "pemerintah": ["", "6472"],
    "instansi": [""],
    "pemilihan": ["", "PILKADA2024", "PEMILU2024"],
    "dari": ["", "2024-01-01"],
    "sampai": ["", "2024-12-31"],
}
"""Codes that this build has: without them nearly every question is one of a build or a place that does not exist."""


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("described")
    builders.build(folder, rows(), build_id=BUILD)
    return folder


@pytest.fixture
def app(data, monkeypatch):
    monkeypatch.setenv("NETRA_DATA", str(data))
    own = Shelf((sys.executable, "-c", QUICK))
    monkeypatch.setattr("ui.serving.files.routing.shelf", lambda: own)
    run.begin()
    return Starlette(routes=routes())


def operations_of(description):
    # Its import and its strategies cost seconds, which every worker would pay while it collects.
    import schemathesis

    found = (operation.ok() for operation in schemathesis.openapi.from_dict(description).get_all_operations())
    return {operation.definition.raw["operationId"]: operation for operation in found}


@pytest.fixture(scope="module")
def operations():
    return operations_of(json.loads(document(ROOT)))


@pytest.fixture(scope="module")
def narrowed():
    description = json.loads(document(ROOT))
    for way in (way for path in description["paths"].values() for way in path.values()):
        for parameter in way["parameters"]:
            if parameter["name"] in CODES:
                parameter["schema"] = {"type": "string", "enum": CODES[parameter["name"]]}
    return operations_of(description)


def statuses(app, operation, mode):
    """The statuses of the answers to what is made of an operation; each answer is as described."""
    from schemathesis import GenerationMode

    found = []

    @settings(max_examples=EXAMPLES, database=None, suppress_health_check=list(HealthCheck), deadline=None)
    @given(case=operation.as_strategy(generation_mode=GenerationMode(mode)))
    def ask(case):
        found.append(case.call_and_validate(app=app).status_code)

    ask()
    return set(found)


def test_every_operation_is_tried(operations):
    assert set(operations) == {name for name, _ in MODES}


@pytest.mark.parametrize(("name", "mode"), MODES)
def test_every_answer_is_as_described(app, operations, name, mode):
    found = statuses(app, operations[name], mode)
    assert found == {200} if name in FIXED else found <= {200, 307, 400, 404}


@pytest.mark.parametrize("name", ASKED)
def test_questions_with_codes_of_this_build_are_answered_as_described(app, narrowed, name):
    assert 200 in statuses(app, narrowed[name], "positive")
