"""A build that takes parts over from an earlier one is the build that is made from nothing, row by row."""

from __future__ import annotations

import random
import shutil

import pytest

from errors import ContractError, DefinitionError
from etl.building.dictionary import read_dictionary
from etl.building.parts.division import BY_GOVERNMENT, BY_SOURCE, OF_CASES, OF_SOURCES
from etl.building.parts.ledger import LEDGER, forget_parts
from etl.building.publish import current, rollback
from etl.vault.store import open_vault
from tests.etl.files import nip
from tests.etl.parts.world import DAY, OLD, World, act, content, small_province

FACT = "core_election"
ROSTER = "roster-6408-2024-11-30"

CHANGES = {
    "a roster is corrected": lambda world: world.roster("6408", serials=range(1, 7)),
    "a roster without an error any more": lambda world: world.roster("6408", refused=0),
    "an earlier roster of a government is added": lambda world: world.roster("6408", OLD, range(3, 12)),
    "two rosters change at once": lambda world: [world.roster(code, serials=range(2, 6)) for code in ("64", "6201")],
    "a roster is removed": lambda world: world.remove("roster-6409-2024-11-30"),
    "a refused row comes back corrected": lambda world: world.mend(),
    "a register is added": lambda world: world.register("Bawaslu Kalteng", act(1, "6409", "Inspektorat", "7")),
    "a register changes": lambda world: world.register(
        "Bawaslu Kaltim", act(101, "6408", "Dinas Baru"), act(1, "6401", "Dinas Kesehatan", "2")
    ),
    "a history of discipline is added": lambda world: world.discipline(101, 1),
    "a list of activities is added": lambda world: world.prevention("Bawaslu", "01-10-2024", "02-10-2024"),
    "two lists hold the same activity": lambda world: [
        world.prevention("Bawaslu", "01-10-2024"), world.build(), world.prevention("BKPSDM", "01-10-2024", "05-10-2024")
    ],
    "numbers change": lambda world: world.numbers((nip(101), nip(102))),
    "a decision is made": lambda world: world.decide("6401", "same: {DINKES: Dinas Kesehatan}\nknown: [Inspektorat]\n"),
    "a decision is another": lambda world: world.decide(
        "6408", "renamed: [{from: Dinas Kesehatan, to: DINKES, on: 2020-01-01}]\n"
    ),
    "a decision is taken back": lambda world: world.undecide("6408"),
    "the key is new": lambda world: [world.rotate(), world.roster("64", serials=range(1, 3))],
}  # fmt: skip
OF_REGISTERS = {
    "a register is removed": lambda world: world.remove("cases-bawaslu-kaltim"),
    "no register is left": lambda world: [
        world.remove(source) for source in ("cases-bawaslu-kaltim", "cases-bkpsdm-kutai-timur", "discipline-bkpsdm")
    ],
    "a list of activities is removed": lambda world: [
        world.prevention("Bawaslu", "01-10-2024"), world.build(), world.remove("prevention-bawaslu"),
        world.prevention("BKPSDM", "01-10-2024"),
    ],
    "a history of discipline is removed": lambda world: world.remove("discipline-bkpsdm"),
}  # fmt: skip


@pytest.fixture(scope="module")
def provinces(tmp_path_factory):
    """Each kind of province, built once."""
    return {
        registers: small_province(tmp_path_factory.mktemp("base"), registers) for registers in (False, True)
    }


@pytest.fixture(scope="module")
def unchanged(provinces):
    """What the province with registers holds."""
    return provinces[True].content()


@pytest.fixture
def province(provinces, tmp_path):
    """A copy of one that a test may change."""

    def copy(registers: bool) -> World:
        shutil.copytree(provinces[registers].folder, tmp_path, dirs_exist_ok=True)
        world = World(tmp_path)
        world.serial = 1000
        return world

    return copy


def correct_one(world):
    world.roster("6408", serials=range(1, 7))


@pytest.fixture(scope="module")
def corrected(provinces, tmp_path_factory):
    """What the province with registers holds once a roster is corrected, made from nothing."""
    folder = tmp_path_factory.mktemp("corrected")
    shutil.copytree(provinces[True].folder, folder, dirs_exist_ok=True)
    world = World(folder)
    world.serial = 1000
    correct_one(world)
    return world.content_from_nothing()


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_one_change_on_top_is_the_same_as_everything_anew(province, unchanged, facts, change):
    """With registers, whose cases look into every roster; the walk of many changes below begins without, and ends from nothing."""
    world = province(registers=True)
    change(world)
    assert FACT not in world.build(), "nothing was taken over"
    assert (found := world.content()) == world.content_from_nothing(facts)
    assert found != unchanged


@pytest.mark.parametrize("change", OF_REGISTERS.values(), ids=OF_REGISTERS)
def test_a_register_that_goes_leaves_nothing_behind(province, facts, change):
    world = province(registers=True)
    change(world)
    assert FACT not in world.build()
    assert world.content() == world.content_from_nothing(facts)


@pytest.mark.parametrize("seed", range(2))
def test_many_changes_after_each_other_end_where_a_build_from_nothing_does(province, seed):
    world, hand = province(registers=seed != 0), random.Random(seed)
    for change in hand.sample(sorted(CHANGES), k=4):
        CHANGES[change](world)
        assert FACT not in world.build()
    world.roster("6409", DAY)
    world.build()
    assert world.content() == world.content_from_nothing()


def test_only_the_tables_of_the_changed_government_are_made_anew(province):
    world = province(registers=False)
    world.roster("6408", serials=range(1, 7))
    told = set(world.build()) & set(read_dictionary())
    assert told == {*BY_GOVERNMENT, *BY_SOURCE, *OF_SOURCES}


def test_a_change_of_the_facts_of_a_build_makes_all_of_it_anew(province, monkeypatch):
    world = province(registers=True)
    correct_one(world)
    monkeypatch.setattr("etl.building.build.frame_hash", lambda settings: "another frame")
    assert FACT in world.build()


@pytest.mark.parametrize("damage", ["gone", "no text", "another build", "no warehouse", "other bytes"])
def test_without_its_ledger_a_build_is_made_from_nothing(province, corrected, damage):
    world = province(registers=True)
    ledger, warehouse = world.room.build / LEDGER, world.room.build / current(world.room.build).file
    if damage == "gone":
        ledger.unlink()
    elif damage == "no text":
        ledger.write_bytes(ledger.read_bytes()[:100])
    elif damage == "another build":
        ledger.write_text(ledger.read_text("utf-8").replace(warehouse.name, "warehouse-00.duckdb"), "utf-8")
    elif damage == "no warehouse":
        warehouse.unlink()
    else:
        warehouse.write_bytes(warehouse.read_bytes()[:-1] + b"!")
    correct_one(world)
    assert FACT in world.build()
    assert world.content() == corrected


def test_after_a_rollback_the_next_build_still_stands_on_what_was_made(province):
    world = province(registers=True)
    world.roster("6408", serials=range(1, 7))
    world.build()
    rollback(world.room.build)
    world.roster("64", serials=range(1, 3))
    assert FACT not in world.build()
    assert world.content() == world.content_from_nothing()


def test_building_again_after_a_rollback_makes_nothing_and_points_forward(province, corrected):
    world = province(registers=True)
    correct_one(world)
    world.build()
    newer = current(world.room.build)
    assert rollback(world.room.build) != newer
    assert not set(world.build()) & set(read_dictionary())
    assert current(world.room.build).file == newer.file
    assert world.content() == corrected


def test_a_build_that_fails_leaves_the_ledger_as_it_was(province):
    world = province(registers=False)
    before = (world.room.build / LEDGER).read_bytes()
    card = world.room.sources / f"{ROSTER}.yml"
    text = card.read_text("utf-8")
    card.write_text(text.replace("rows_loaded: 8", "rows_loaded: 9"), "utf-8")
    with pytest.raises(ContractError, match="rows_balance"):
        world.build()
    world.decide("6401", "same: {A: B, a: C}")
    with pytest.raises(DefinitionError):
        world.build()
    world.undecide("6401")
    card.write_text(text, "utf-8")
    assert (world.room.build / LEDGER).read_bytes() == before
    world.roster("6201", serials=range(1, 3))
    assert FACT not in world.build()
    assert world.content() == world.content_from_nothing()


def test_a_fault_in_what_is_kept_stops_the_build_too(province):
    """The checks of the build look at the whole warehouse, whatever of it is new."""
    world = province(registers=False)
    card = world.room.sources / "roster-6201-2024-11-30.yml"
    card.write_text(card.read_text("utf-8").replace("expect_pns: null", "expect_pns: 7"), "utf-8")
    world.roster("6408", serials=range(1, 7))
    with pytest.raises(ContractError, match="control_totals: \\('roster-6201"):
        world.build()


def test_a_corrected_roster_that_is_taken_back_gives_the_first_build_again(province):
    world = province(registers=True)
    first = world.content()
    world.roster("6408", serials=range(1, 3))
    world.build()
    world.restore(ROSTER)
    assert FACT not in world.build()
    assert world.content() == world.content_from_nothing() == first


@pytest.mark.parametrize("table", ["workforce", "rejections", "warnings"])
@pytest.mark.parametrize("is_gone", [False, True])
def test_a_file_of_the_vault_that_is_not_what_it_was_is_told_though_its_card_is_the_same(
    province, table, is_gone
):
    world = province(registers=False)
    before = current(world.room.build)
    (file,) = (open_vault(world.room).people / table).glob("roster-6401-*.parquet")
    file.unlink() if is_gone else file.write_bytes(file.read_bytes()[:40])
    world.roster("6408", serials=range(1, 7))
    with pytest.raises(ContractError, match="uat ulang"):
        world.build()
    assert current(world.room.build) == before


def test_after_forgetting_nothing_is_taken_over(province):
    world = province(registers=True)
    world.roster("6409", serials=range(1, 9), refused=0)
    world.build()
    assert (world.room.build / LEDGER).is_file()
    world.forget(101)
    assert not (world.room.build / LEDGER).exists()
    assert FACT in world.build()
    assert world.content() == world.content_from_nothing()


def test_forgetting_parts_twice_is_forgetting_them_once(room):
    forget_parts(room.build)
    forget_parts(room.build)
    assert not room.build.exists()


def test_a_build_of_the_same_content_under_another_hash_of_inputs_is_taken_over_as_well(province):
    """The file stays as it was named first; the ledger speaks of its bytes."""
    world = province(registers=False)
    first = current(world.room.build)
    world.decide("6401", "# nothing is decided\n")
    world.build()
    assert current(world.room.build).file == first.file
    world.roster("6201", serials=range(1, 3))
    assert FACT not in world.build()
    assert content(world.room) == world.content_from_nothing()


def test_every_table_of_cases_is_empty_without_a_register(province):
    _, rows = province(registers=False).content()
    assert {name: rows[name] for name in OF_CASES} == {name: [] for name in OF_CASES}
    assert rows["core_rejection"]
