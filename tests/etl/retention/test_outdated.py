"""Releases of a version whose builds can betray small counts: refused, named, and given up by name only."""

import numpy as np
import pytest

from audit.reading import entries, log_file
from errors import StorageError
from etl.building.build import build
from etl.building.publish import current, finished
from etl.preparing import prepare
from etl.protecting.releases import FORMAT, folder, kept
from etl.retention.memory import lost
from tests.etl.commanding import listening
from tests.etl.protecting.test_open_cells import load, register

pytestmark = pytest.mark.usefixtures("on_facts")
FIRST, THEN = (7, 1, 2, 9, 1, 6), (7, 1, 2, 9, 9, 6)


def of_an_earlier_version(path):
    """Takes the format out of the file, as it was before there was one."""
    with np.load(path) as found:
        arrays = {name: array for name, array in found.items() if name != "format"}
        assert int(found["format"]) == FORMAT
    np.savez_compressed(path, **arrays)


@pytest.fixture
def old(room, tmp_path):
    """A room with one build, made by a version of before; its manifest."""
    load(room, tmp_path, *register(FIRST))
    of_an_earlier_version(kept(room)[0])
    return current(room.build)


def test_a_release_of_an_earlier_version_stops_the_build_and_is_given_up_by_name_only(
    room, tmp_path, old, capfd
):
    with pytest.raises(StorageError) as told:
        load(room, tmp_path, *register(THEN))
    assert "release-000001.npz: dari versi" in told.value.what and old.build_id in told.value.what
    assert "--accept-lost-releases" in told.value.cure and "Restore" not in told.value.cure
    assert current(room.build) == old and lost(room).outdated == ("release-000001.npz",)
    with listening(room, capfd) as netra:
        assert netra("build", "--accept-lost-releases")[0] == 0
    assert sorted(path.name for path in folder(room).iterdir()) == [
        "release-000001.lost",
        "release-000001.npz",
    ]
    assert old.build_id not in {one.build_id for one in finished(room.build)} and not lost(room)
    found = [dict(entry.about) for entry in entries(log_file(room)) if entry.kind == "lost_releases"]
    assert {"files": 1} in found
    assert build(room)[1] is False


def test_the_sample_goes_on_by_itself(room, old):
    prepare(room, lambda step: None)
    assert not lost(room) and [path.name for path in kept(room)] == ["release-000001.npz"]
