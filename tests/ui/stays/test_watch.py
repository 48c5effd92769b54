"""The clock beside the server: it looks at the door and at the stays, survives a fault, and ends everybody as it stops."""

import asyncio

import pytest

from ui.stays import Stay, watch
from ui.steward import gate
from ui.steward.door import IDLE_SECONDS, Door

KEY = "kunci-petugas-uji"
OFFICIAL = Stay("rina", "oidc", 100.0, "official")


@pytest.fixture
def watched(world, monkeypatch):
    """`watched(done)`: the server runs until `done()` holds."""
    monkeypatch.setattr(watch, "STAYS", world.stays)
    monkeypatch.setattr(gate, "STAYS", world.stays)
    monkeypatch.setattr(gate, "DOOR", Door(clock=lambda: world.now, sleep=lambda _: None))

    def serve(done, seconds=0.001):
        async def served():
            async with watch.watched(seconds):
                while not done():
                    await asyncio.sleep(0.001)

        asyncio.run(asyncio.wait_for(served(), 30))

    return serve


def enter(world):
    stay = gate.DOOR.enter("a session", KEY, KEY).stay
    world.stays.begin(stay, Stay("steward", "key"))


def reasons(world):
    return [said for kind, _, said in world.told() if kind == "sign_out"]


def test_the_watch_looks_while_it_is_open_and_ends_all_when_it_closes(world, watched):
    world.stays.begin("a name", OFFICIAL)
    world.stays.begin("steward's", Stay("steward", "key"))
    world.now = 100.0
    watched(lambda: reasons(world))
    assert reasons(world) == ["expired", "stopped"]


def test_the_watch_ends_a_session_that_is_not_used_though_nobody_comes(world, watched):
    enter(world)
    world.now = IDLE_SECONDS
    watched(lambda: reasons(world))
    assert reasons(world) == ["idle"]


def test_a_server_that_stops_tells_who_had_been_idle_before(world, watched):
    enter(world)
    world.now = IDLE_SECONDS
    watched(lambda: True, seconds=3600)
    assert reasons(world) == ["idle"]


@pytest.mark.parametrize("place", [gate, "stays"], ids=["at the door", "among the stays"])
def test_a_fault_that_nobody_foresaw_costs_one_look_and_no_end(world, watched, monkeypatch, caplog, place):
    """It neither kills the clock nor keeps the server from ending everybody."""
    looks = []
    broken, name = (world.stays, "tell") if place == "stays" else (gate, "tell_idle")
    real = getattr(broken, name)

    def fault():
        looks.append(1)
        if len(looks) == 1:
            raise ValueError("unforeseen")
        real()

    monkeypatch.setattr(broken, name, fault)
    world.stays.begin("a name", OFFICIAL)
    world.stays.begin("steward's", Stay("steward", "key"))
    world.now = 100.0
    watched(lambda: reasons(world) and len(looks) > 1)
    assert reasons(world) == ["expired", "stopped"]
    assert "unforeseen" in caplog.text


def test_a_fault_at_the_door_as_it_stops_keeps_no_stay_open(world, watched, monkeypatch):
    def fault():
        raise ValueError("unforeseen")

    monkeypatch.setattr(gate, "tell_idle", fault)
    world.stays.begin("a name", OFFICIAL)
    with pytest.raises(ValueError, match="unforeseen"):
        watched(lambda: True, seconds=3600)
    assert reasons(world) == ["stopped"]
