"""Fifty readers at once, each with another filter: everybody gets what they would get alone."""

from __future__ import annotations

import asyncio
import re
from contextlib import AsyncExitStack

from tests.functional.conftest import served
from tests.serving.conftest import STAFF
from tests.serving.talking import FINISHED, reader

READERS = 50
NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
SHOWS_STAFF = "wilayah"
PAGES = (SHOWS_STAFF, "sanksi", "tindak-lanjut")
CODES = list(STAFF)[-READERS:]


def written(code: str) -> set[str]:
    """A government's number of staff as it is written in either language."""
    return {f"{STAFF[code]:,}", f"{STAFF[code]:,}".replace(",", ".")}


def addresses(number: int) -> list[dict[str, str]]:
    """The views that one reader looks at in turn; no two readers look at the same one."""
    language = {"bahasa": "en"} if number % 2 else {}
    code = CODES[number]
    return [{"pemerintah": code, **language}, {"pemerintah": code, "pemilihan": "PILKADA2024", **language}]


async def all_at_once(site):
    async with AsyncExitStack() as rooms:
        readers = [await rooms.enter_async_context(reader(site, PAGES[n % 3])) for n in range(READERS)]

        async def look(number):
            return [await readers[number].see(address) for address in addresses(number)]

        seen = await asyncio.gather(*(look(number) for number in range(READERS)))
        assert len({one.session for one in readers}) == READERS
    return seen


async def one_by_one(site):
    seen = []
    for number in range(READERS):
        async with reader(site, PAGES[number % 3]) as alone:
            seen.append(await alone.see(addresses(number)[-1]))
    return seen


def test_nobody_sees_what_belongs_to_another(environment, tmp_path):
    """Those who come one by one ask a server that has not answered anybody yet."""
    with served(environment, tmp_path / "crowded") as site:
        together = asyncio.run(all_at_once(site))
    with served(environment, tmp_path / "quiet") as site:
        alone = asyncio.run(one_by_one(site))
    for number, (views, same) in enumerate(zip(together, alone, strict=True)):
        assert [view.finished for view in views] == [FINISHED] * 2
        assert [view.faults for view in views] == [[], []]
        assert views[-1].shown == same.shown
        for view in views:
            key_figures = " ".join(text for text in view.shown if "netra-figures" in text)
            seen = {code for code in STAFF if written(code) & set(NUMBER.findall(key_figures))}
            assert seen == ({CODES[number]} if PAGES[number % 3] == SHOWS_STAFF else set())
