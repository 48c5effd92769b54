"""A crowd: a hundred readers of the map page, each acting once in eight seconds, on one process."""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from bench.clock import cpu_seconds, held_mib, percentile
from bench.pages import FILTERS, MAP_PAGE, subsets
from bench.report import Row, Section
from bench.serving import PRODUCT, Server, served
from bench.session import PAUSE_SECONDS, Session, reader
from bench.world import World

READERS = 100
EVERY_SECONDS = 8.0
STRETCH_SECONDS = 5.0
LASTS_SECONDS = 40.0
STRETCH_LASTS_SECONDS = 20.0
QUIET = 15
LIMIT = 0.3


@dataclass
class Crowd:
    """What the readers saw, in seconds, and the memory of the server on the way, in MiB."""

    quiet: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    busier: list[float] = field(default_factory=list)
    load: float = 0.0
    first_page: float = 0.0
    at_the_end: float = 0.0


def measure(world: World) -> Section:
    """The 95th percentile of a filter change in a crowd, and what the crowd adds to the memory."""
    with served(world, PRODUCT) as server:
        crowd = asyncio.run(_gather(server))
    quiet = statistics.median(crowd.quiet)
    p95 = percentile(crowd.busy, 0.95)
    rows = [
        Row(f"p95 of a filter change, {READERS} readers, one action in {EVERY_SECONDS:.0f} s", p95, "s", LIMIT,
            note=f"{len(crowd.busy)} actions, median {statistics.median(crowd.busy):.3f} s, {crowd.load:.0%} of a core"),
        Row("the same / one quiet reader's median", p95 / quiet, note=f"of {quiet * 1e3:.0f} ms"),
        Row(f"memory at {READERS} readers / after the first page", crowd.at_the_end / crowd.first_page, "", 1.15, 1.05,
            f"{crowd.at_the_end:.0f} MiB"),
    ]  # fmt: skip
    if crowd.busier:
        name = f"p95 at one action in {STRETCH_SECONDS:.0f} s (the stretch)"
        rows.append(
            Row(name, percentile(crowd.busier, 0.95), "s", LIMIT, note=f"{len(crowd.busier)} actions")
        )
    remark = (
        "Times run from the moment an action was due, so that waiting behind others counts. Provinces at random. "
        "The stretch is tried only where the budget is kept."
    )
    return Section("A crowd", tuple(rows), remark)


async def _gather(server: Server) -> Crowd:
    crowd = Crowd()
    async with AsyncExitStack() as open_pages:
        sessions: list[Session] = []
        for number in range(READERS):
            session, _ = await open_pages.enter_async_context(reader(server, MAP_PAGE))
            sessions.append(session)
            if number == 0:
                crowd.first_page = held_mib(server.pid)
                crowd.quiet = await _alone(session)
        started, used = time.perf_counter(), cpu_seconds(server.pid)
        crowd.busy = await _together(sessions, EVERY_SECONDS, LASTS_SECONDS)
        crowd.load = (cpu_seconds(server.pid) - used) / (time.perf_counter() - started)
        if percentile(crowd.busy, 0.95) <= LIMIT:
            crowd.busier = await _together(sessions, STRETCH_SECONDS, STRETCH_LASTS_SECONDS)
        crowd.at_the_end = held_mib(server.pid)
    return crowd


async def _alone(session: Session) -> list[float]:
    choice, taken = session.choices[FILTERS["new filter"]], []
    for chosen in list(subsets(choice.options))[:QUIET]:
        await asyncio.sleep(PAUSE_SECONDS)
        taken.append((await session.rerun(choice, chosen)).seconds)
    return taken


async def _together(sessions: list[Session], every: float, lasts: float) -> list[float]:
    """Seconds of all actions that fall due; readers begin at places spread evenly over the interval."""
    taken: list[float] = []
    start = time.perf_counter()
    acts = [
        _act(session, start + every * number / len(sessions), (every, start + lasts), taken)
        for number, session in enumerate(sessions)
    ]
    await asyncio.gather(*acts)
    return taken


async def _act(session: Session, due: float, pace: tuple[float, float], taken: list[float]) -> None:
    every, end = pace
    dice = random.Random(due)
    values = list(subsets(session.choices[FILTERS["new filter"]].options))
    while due < end:
        await asyncio.sleep(max(due - time.perf_counter(), 0.0))
        await session.rerun(session.choices[FILTERS["new filter"]], dice.choice(values))
        taken.append(time.perf_counter() - due)
        due += every * dice.uniform(0.75, 1.25)
