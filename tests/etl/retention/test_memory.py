"""What readers may have is remembered, or nothing is built: lost releases, old manifests, and the ways on."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date

import duckdb
import pytest

import etl.building.build as building
from audit.anchor import places as heads
from audit.reading import entries, log_file
from audit.verdict import verify
from errors import StorageError
from etl.building.build import build
from etl.building.publish import GIVEN_UP, NOTHING_TOLD, current, finished, manifests, read_manifest, rollback
from etl.preparing import prepare
from etl.protecting.releases import folder, kept, read_release
from etl.retention.memory import lost
from etl.retention.policy import judged
from etl.retention.pruning import prune
from settings import Settings
from tests.etl.commanding import commanding, listening
from tests.etl.protecting.test_open_cells import load, register
from tests.etl.stories import on
from warehouse.builds import manifests as readers

FIRST, SECOND, THIRD = (7, 1, 2, 9, 1, 6), (7, 1, 2, 9, 2, 6), (7, 1, 2, 9, 9, 6)
ACCEPTING = ("build", "--accept-lost-releases")


def names(room):
    return [path.name for path in kept(room)]


def manifest_of(room, build_id):
    return room.build / f"warehouse-{build_id}.json"


def as_of_an_earlier_version(room, build_id):
    """Takes the name of its release out of a manifest."""
    path = manifest_of(room, build_id)
    fields = json.loads(path.read_text("utf-8"))
    del fields["release"]
    path.write_text(json.dumps(fields), encoding="utf-8")


def accepted(room):
    return [dict(entry.about) for entry in entries(log_file(room)) if entry.kind == "lost_releases"]


@pytest.fixture(scope="module")
def first_world(tmp_path_factory, facts):
    """A build with a release, made once."""
    settings = on(facts, tmp_path_factory.mktemp("one"))
    load(settings, tmp_path_factory.mktemp("files"), *register(FIRST))
    return settings


@pytest.fixture(scope="module")
def second_world(tmp_path_factory, first_world):
    """And one after it."""
    place = tmp_path_factory.mktemp("two")
    settings = Settings(data=place / "data", key_file=place / "keys" / "pseudonym.key")
    move_in(settings, first_world)
    load(settings, place, *register(SECOND))
    return settings


def move_in(room, world):
    """A room becomes a copy of a world, with its key and the head of its log."""
    shutil.rmtree(room.build, ignore_errors=True)
    shutil.copytree(world.data, room.data, dirs_exist_ok=True)
    room.key_file.parent.mkdir(mode=0o700)
    for here, there in ((world.key_file, room.key_file), (heads(world)[0], heads(room)[0])):
        shutil.copy(here, there)


@pytest.fixture
def one(room, first_world):
    """A room with one build that tells of cases; its manifest."""
    move_in(room, first_world)
    return current(room.build)


@pytest.fixture
def two(room, second_world):
    """A room with two such builds; their manifests."""
    move_in(room, second_world)
    now = current(room.build)
    return [next(one for one in finished(room.build) if one.release not in (NOTHING_TOLD, now.release)), now]


def test_a_build_names_what_it_told_and_the_first_one_is_asked_nothing(room, two):
    assert manifests(room.build)[-1].release == NOTHING_TOLD, "facts tell of no case"
    first, second = two
    assert first.release == read_release(kept(room)[0]).hash
    assert second.release == read_release(kept(room)[1]).hash != first.release
    assert read_release(kept(room)[1]).before == first.release
    # The same counts after a way back: nothing is made anew, and what is told is the later release.
    rollback(room.build)
    assert current(room.build) == first
    assert build(room)[0].release == second.release
    for card in room.sources.glob("*.yml"):
        card.unlink()
    assert build(room)[0].release == NOTHING_TOLD
    assert not lost(room)


def lose_newest(room):
    kept(room)[-1].unlink()


def lose_oldest(room):
    kept(room)[0].unlink()


def lose_all(room):
    shutil.rmtree(folder(room))


def lose_vault(room):
    """As whoever begins anew with another key and loads everything again."""
    shutil.rmtree(room.vault)
    shutil.rmtree(room.sources)


def damage(room):
    path = kept(room)[-1]
    path.write_bytes(path.read_bytes()[:-200])


def put_another_in_its_place(room):
    newest = kept(room)[-1]
    newest.write_bytes(kept(room)[0].read_bytes())


LOSSES = {
    lose_newest: ([1], "its release is gone"),
    lose_oldest: ([0], "release-000001.npz: tidak ada / is gone"),
    lose_all: ([0, 1], "its release is gone"),
    lose_vault: ([0, 1], "its release is gone"),
    damage: ([1], "release-000002.npz: tidak terbaca / cannot be read"),
    put_another_in_its_place: ([1], "its release is gone"),
}


@pytest.mark.parametrize("lose", LOSSES)
def test_a_lost_release_stops_the_build_and_is_accepted_by_name_only(room, tmp_path, two, capfd, lose):
    concerned, said = LOSSES[lose]
    lose(room)
    before = current(room.build)
    with pytest.raises(StorageError) as told:
        load(room, tmp_path, *register(THIRD))
    assert said in told.value.what and "/ Restore the folder data/vault/releases" in told.value.cure
    assert all(two[at].build_id in told.value.what for at in concerned)
    assert current(room.build) == before and not accepted(room)
    with listening(room, capfd) as netra:
        code, out, err = netra("build")
        assert code == 14 and "--accept-lost-releases" in err and "Salinan pada pembaca tetap ada" in err
        code, out, err = netra(*ACCEPTING)
        assert code == 0 and "tidak terlindung" in out and "not protected" in out
        # What is left is a whole again, and nothing has to be accepted twice.
        assert netra("build")[0] == 0
        assert netra(*ACCEPTING)[1].count("protected") == 0
    assert {about.get("build") for about in accepted(room)} - {None} == {two[at].build_id for at in concerned}
    assert not verify(room).breaks
    gone, now = [two[at].build_id for at in concerned], current(room.build)
    assert now.release == read_release(kept(room)[-1]).hash and not set(gone) & {
        one.build_id for one in finished(room.build)
    }
    assert all(
        json.loads(manifest_of(room, build_id).read_text("utf-8"))["release"] == GIVEN_UP
        and readers.deleted(room, build_id).content_hash
        for build_id in gone
    )
    assert not lost(room)


def test_what_is_left_still_guards_what_comes(room, tmp_path, two):
    lose_newest(room)
    with commanding(room) as netra:
        assert netra(*ACCEPTING) == 0
    assert names(room) == ["release-000001.npz", "release-000002.npz"]
    assert read_release(kept(room)[1]).before == two[0].release
    assert [one.build_id for one in finished(room.build)][1:2] == [two[0].build_id]


def test_the_same_sources_are_told_anew_where_nothing_is_remembered(room, one):
    """The warehouse is the same to the byte; what it told is kept again, and nothing is deleted."""
    lose_all(room)
    with commanding(room) as netra:
        assert netra(*ACCEPTING) == 0
    assert replace(current(room.build), built_at="") == replace(one, built_at="")
    assert names(room) == ["release-000001.npz"] and not lost(room)
    assert [about["release"] for about in accepted(room)] == [one.release]


def test_a_manifest_of_an_earlier_version_is_read_everywhere_and_stops_the_build(room, two):
    facts = next(one for one in finished(room.build) if one.release == NOTHING_TOLD)
    for one in (facts, *two):
        as_of_an_earlier_version(room, one.build_id)
    assert current(room.build) == replace(two[1], release=None)
    assert read_manifest(room.build, facts.build_id).release is None
    assert {one.build_id for one in readers.kept(room)} == {one.build_id for one in (facts, *two)}
    assert len(judged(room, date(2026, 11, 26))) == 3
    with pytest.raises(StorageError, match="made before releases were kept") as told:
        build(room)
    assert facts.build_id not in told.value.what, "it told of no case"
    assert "These releases were never kept" in told.value.cure and "Restore" not in told.value.cure
    rollback(room.build)
    with commanding(room) as netra:
        assert netra(*ACCEPTING) == 0
    assert {one.build_id for one in finished(room.build)} == {facts.build_id, current(room.build).build_id}
    assert [about["build"] for about in accepted(room)] == [two[1].build_id, two[0].build_id]


def test_a_manifest_of_a_later_version_is_read_too(room, two):
    path = manifest_of(room, two[1].build_id)
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"more": 1}), encoding="utf-8")
    assert current(room.build) == two[1] and build(room)[1] is False


def test_an_earlier_build_that_cannot_be_asked_is_taken_to_tell_of_cases(room, two):
    as_of_an_earlier_version(room, two[0].build_id)
    (room.build / two[0].file).write_bytes(b"no warehouse")
    assert lost(room).unnamed == (replace(two[0], release=None),)
    (room.build / two[0].file).unlink()
    assert not lost(room), "what a deleted build told can no longer be found out"


def test_a_deleted_build_is_remembered_as_long_as_its_manifest(room, two):
    keep_nothing = replace(room, keep_years=0, keep_builds=0)
    facts, before = manifests(room.build)[-1], names(room)
    (room.build / "history").write_text(f"{two[1].build_id}\n")
    gone = prune(keep_nothing, date(2036, 11, 26))
    assert {one.build_id for one in gone} == {facts.build_id, two[0].build_id}
    assert names(room) == before, "releases outlive the builds that told them"
    assert build(room)[1] is False
    lose_oldest(room)
    with pytest.raises(StorageError, match=two[0].build_id):
        build(room)


def test_forgetting_a_person_leaves_releases_and_waits_for_what_is_lost(room, tmp_path, two):
    listed = tmp_path / "numbers.txt"
    listed.write_text("192001012000011001\n")
    before = names(room)
    newest = kept(room)[-1]
    held = newest.read_bytes()
    newest.unlink()
    with commanding(room) as netra:
        assert netra("forget", "--nip-file", listed) == 14
        assert not [entry for entry in entries(log_file(room)) if entry.kind == "forget"], (
            "nothing was erased"
        )
        newest.write_bytes(held)
        newest.chmod(0o600)
        assert netra("forget", "--nip-file", listed) == 0
    assert names(room) == before and not lost(room)


def test_a_run_that_dies_before_the_builds_are_gone_is_finished_by_the_next(room, two, monkeypatch):
    lose_newest(room)
    shutil.rmtree(room.sources)

    def dies(settings):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, commanding(room) as netra:
        patch.setattr(building, "let_go", dies)
        assert netra(*ACCEPTING) == 130
    with pytest.raises(StorageError, match=two[1].build_id):
        build(room)
    with commanding(room) as netra:
        assert netra(*ACCEPTING) == 0
    assert build(room)[1] is False and not lost(room)


@pytest.fixture
def old(room, one):
    """A room whose only build of simulated cases was made by an earlier version."""
    as_of_an_earlier_version(room, one.build_id)
    shutil.rmtree(folder(room))
    return one


def test_the_sample_of_an_earlier_version_makes_way_by_itself(room, old):
    prepare(room, lambda step: None)
    assert current(room.build).release == read_release(kept(room)[0]).hash and not lost(room)
    assert accepted(room) == [{"build": old.build_id, "content": old.content_hash}]
    assert prepare(room, lambda step: None)[1] is False


def real_card(room, old):
    """A register that is not simulated is loaded beside it."""
    (card,) = room.sources.glob("*.yml")
    card.write_text(
        card.read_text("utf-8").replace("is_simulated: true", "is_simulated: false"), encoding="utf-8"
    )


def real_build(room, old):
    """One person of the build was real, in a register that holds simulated ones too."""
    with duckdb.connect(str(room.build / old.file)) as con:
        con.execute(
            "UPDATE mart_case SET is_simulated = false WHERE case_id = (SELECT min(case_id) FROM mart_case)"
        )


def deleted_build(room, old):
    fields = json.loads(manifest_of(room, old.build_id).read_text("utf-8")) | {"build_id": "b" * 16}
    fields |= {"file": f"warehouse-{'b' * 16}.duckdb", "release": "c" * 64}
    manifest_of(room, "b" * 16).write_text(json.dumps(fields), encoding="utf-8")


def broken_build(room, old):
    (room.build / old.file).write_bytes(b"no warehouse")


def damaged_release(room, old):
    """Whose it was, nobody can say."""
    folder(room).mkdir(mode=0o700)
    (folder(room) / "release-000001.npz").write_bytes(b"PK")
    (folder(room) / "release-000001.npz").chmod(0o600)


@pytest.mark.parametrize("spoil", [real_card, real_build, deleted_build, broken_build, damaged_release])
def test_what_may_be_of_real_persons_makes_no_way_by_itself(room, old, spoil):
    spoil(room, old)
    with pytest.raises(StorageError, match="no longer remembers"):
        prepare(room, lambda step: None)
    assert not accepted(room) and (room.build / old.file).is_file()
