"""Every test runs on invented data: the real build cannot be opened, secrets lie in a temporary folder."""

import os
import sys
from pathlib import Path

import duckdb
import hypothesis
import pytest

from tests import builders
from warehouse.connection import open_warehouse

# A busy machine is no fault of the code; where many wait for the answer, the same examples are tried every time, and half as many.
in_ci = bool(os.environ.get("CI"))
hypothesis.settings.register_profile(
    "netra", deadline=None, derandomize=in_ci, max_examples=50 if in_ci else 100
)
hypothesis.settings.load_profile("netra")

# What takes longest begins first, so that no process works on alone when the others are done. With `--no-loadscope-reorder`.
LONG = (
    "functional/test_muat_with_the_command_line.py", "functional/test_muat.py", "functional/test_signing_in.py",
    "etl/withstanding/test_killing.py", "etl/parts/test_taking_over.py", "etl/test_reconciling.py", "etl/test_cases.py",
    "etl/test_commands.py", "serving/test_limits.py", "serving/test_crowd.py", "etl/agencies/test_deciding.py",
)  # fmt: skip


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    def rank(item):
        return next(
            (n for n, name in enumerate(LONG) if item.path.as_posix().endswith(f"tests/{name}")), len(LONG)
        )

    items.sort(key=rank)


REAL_BUILD = Path(__file__).resolve().parent.parent / "data" / "build"


@pytest.fixture(scope="session", autouse=True)
def invented_world(tmp_path_factory):
    """Data and key of the whole run lie in a temporary folder; opening the real warehouse fails."""
    root = tmp_path_factory.mktemp("netra")
    connect = duckdb.connect

    def guarded(database=":memory:", *args, **kwargs):
        place = Path(os.fspath(database)).resolve()
        assert REAL_BUILD not in place.parents, f"a test tried to open the real warehouse {place}"
        return connect(database, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NETRA_DATA", str(root / "data"))
        patch.setenv("NETRA_KEY_FILE", str(root / "pseudonym.key"))
        for name in ("NETRA_ENGINE_URL", "NETRA_SUPPRESS_BELOW", "NETRA_STEWARD_KEY"):
            patch.delenv(name, raising=False)
        patch.setattr(duckdb, "connect", guarded)
        yield root


@pytest.fixture(autouse=True)
def nothing_stays_held():
    """What a test holds its run to ends with the test, as a run of a page does."""
    yield
    if held := sys.modules.get("ui.access.run"):
        held._RUN.set(None)
        held._SCOPE.set(held.PUBLIC)


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory):
    """The example warehouse of `builders`, opened once for the run: nobody can change it."""
    opened = open_warehouse(builders.build(tmp_path_factory.mktemp("example"), builders.example_rows()))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def full(tmp_path_factory):
    """The same warehouse as nobody has it, counted from the rows of persons: what counting finds before protection."""
    opened = builders.in_full(builders.build(tmp_path_factory.mktemp("full"), builders.example_rows()))
    yield opened
    opened.close()
