"""Showing: reruns of every page, turn by turn with reruns of an empty Streamlit page on the same machine."""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from bench.clock import cpu_seconds, held_mib
from bench.report import Row, Section
from bench.serving import EMPTY, PRODUCT, Server, served
from bench.session import PAUSE_SECONDS, Choice, PageError, Rerun, Session, reader
from bench.world import World

MAP_PAGE = "wilayah"
PAGES = (MAP_PAGE, "", "instansi", "sanksi", "tindak-lanjut", "terbitan", "unduh", "metode")
FILTERS = {"new filter": "filter_provinces", "new election": "filter_elections"}
TIMES = 11
WARM = 3
AGAIN, NEW, KILOBYTES = (9, 6), (12, 9), (30, 12)
Change = tuple[Choice | None, tuple[str, ...]]


@dataclass(frozen=True)
class Series:
    """Reruns of a page, those of the empty page between them, and the server's CPU seconds per rerun of the page."""

    page: list[Rerun]
    empty: list[Rerun]
    cpu: float

    @property
    def ratio(self) -> float:
        """Median of the page over median of the empty page."""
        return self.seconds / statistics.median(run.seconds for run in self.empty)

    @property
    def seconds(self) -> float:
        """Median of the page."""
        return statistics.median(run.seconds for run in self.page)

    @property
    def wire(self) -> float:
        """Median of the bytes that crossed the wire per rerun of the page."""
        return statistics.median(run.wire for run in self.page)

    @property
    def sizes(self) -> str:
        """The most that crossed the wire, and the median and the most once unpacked."""
        unpacked = [run.bytes / 1e3 for run in self.page]
        most = max(run.wire for run in self.page) / 1e3
        return f"at most {most:.1f}; unpacked {statistics.median(unpacked):.1f}, at most {max(unpacked):.1f}"


@dataclass(frozen=True)
class Shown:
    """What one page cost: its first run, reruns of the same view, and reruns with values never chosen before."""

    first: Rerun
    again: Series
    fresh: Mapping[str, Series]
    memory: float


def measure(world: World) -> Section:
    """Reruns of all pages, the map page first, and the memory of the server."""
    with served(world, EMPTY) as yard, served(world, PRODUCT) as product:
        start = held_mib(product.pid)
        shown, faults = _all(product, yard)
        end = held_mib(product.pid)
    first = shown[MAP_PAGE].memory
    rows = [row for page, found in shown.items() for row in _rows(page, found)]
    rows.append(Row("memory after the first page / at start", first / start, note=f"{first:.0f} MiB"))
    rows.append(Row("memory after all pages / after the first", end / first, note=f"{end:.0f} MiB"))
    empty = [run.seconds for found in shown.values() for run in found.again.empty]
    remark = (
        f"The empty page took {statistics.median(empty) * 1e3:.1f} ms. {TIMES} reruns each, {PAUSE_SECONDS} s apart, one of "
        "the page and one of the empty page by turns, seen from a websocket on the same machine. `new` chooses provinces "
        "or elections that were never chosen before on that page. CPU is the server's, per rerun. Kilobytes are those of the wire."
    )
    remark = "\n\n".join([remark, *faults])
    return Section("Showing", tuple(rows), remark)


def subsets(options: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Every choice of some of `options`, the small ones first."""
    for size in range(1, len(options) + 1):
        yield from combinations(options, size)


def _all(product: Server, yard: Server) -> tuple[dict[str, Shown], list[str]]:
    """All pages, and a sentence on every page that failed; the map page must not."""
    shown, faults = {}, []
    for page in PAGES:
        try:
            shown[page] = asyncio.run(_show(product, yard, page))
        except PageError as fault:
            if page == MAP_PAGE:
                raise
            faults.append(f"Not measured: {fault}")
    return shown, faults


async def _show(product: Server, yard: Server, page: str) -> Shown:
    async with reader(product, page) as (session, first), reader(yard, "") as (empty, _):
        memory = held_mib(product.pid)
        if page == MAP_PAGE and not session.figures:
            raise PageError("the map page shows no figure")
        for _ in range(WARM):
            await _paused(session)
            await _paused(empty)
        cpu = _cpu_of(product)
        again = await _series(session, empty, [(None, ())] * TIMES, cpu)
        fresh = {
            name: await _series(session, empty, _new(session, page, key), cpu)
            for name, key in FILTERS.items()
            if key in session.choices
        }
        return Shown(first, again, fresh, memory)


def _new(session: Session, page: str, key: str) -> list[Change]:
    choice = session.choices[key]
    # Pages share answers; from its own place in the list each page asks for others.
    place = PAGES.index(page) * 3
    return [(choice, chosen) for chosen in list(subsets(choice.options))[place : place + TIMES]]


def _cpu_of(server: Server) -> Callable[[], float]:
    return lambda: cpu_seconds(server.pid)


async def _series(
    session: Session, empty: Session, changes: Sequence[Change], cpu: Callable[[], float]
) -> Series:
    page, between, used = [], [], cpu()
    for widget, chosen in changes:
        page.append(await _paused(session, widget, chosen))
        between.append(await _paused(empty))
    return Series(page, between, (cpu() - used) / len(changes))


async def _paused(session: Session, widget: Choice | None = None, chosen: tuple[str, ...] = ()) -> Rerun:
    await asyncio.sleep(PAUSE_SECONDS)
    return await session.rerun(widget, chosen)


def _rows(page: str, shown: Shown) -> list[Row]:
    name, again = f"/{page}", shown.again
    first = f"first run {shown.first.seconds * 1e3:.0f} ms, {shown.first.wire / 1e3:.0f} kB"
    rows = [Row(f"{name} again / empty page", again.ratio, "", *AGAIN, note=f"{_cost(again)}; {first}")]
    for what, fresh in shown.fresh.items():
        rows.append(Row(f"{name} {what} / empty page", fresh.ratio, "", *NEW, note=_cost(fresh)))
        rows.append(Row(f"{name} {what}", fresh.wire / 1000, "kB", *KILOBYTES, note=fresh.sizes))
    return rows


def _cost(series: Series) -> str:
    return f"{series.seconds * 1e3:.0f} ms, {series.cpu * 1e3:.0f} ms CPU"
