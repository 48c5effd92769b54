"""What somebody may write into an address or a widget: it is ignored, named as plain code at most, and changes no answer."""

from __future__ import annotations

import asyncio
import re

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from settings import limits
from tests.serving.talking import FINISHED, reader, strings
from tests.serving.test_scan import INSIDE
from ui.frame.address import NAMES
from ui.frame.pages import PAGES

PAYLOADS = {
    "sql": "64' OR '1'='1'; DROP TABLE core_case; --",
    "union": "64) UNION SELECT table_name FROM information_schema.tables --",
    "reading": "read_csv('/etc/passwd')",
    "script": "<script>window.netraRan=1</script>",
    "image": "<img src=x onerror=window.netraRan=1>",
    "markdown": "`](javascript:window.netraRan=1) ![x](https://evil.example/x.png) **b** $x$ :red[x]",
    "path": "../../../../etc/passwd",
    "template": "{{7*191}} ${7*191} %(x)s {0.__class__}",
    "null": "64\x00.csv",
    "control": "64\u202e\u2066\u200b\ufeff\x07\r\nSet-Cookie: a=b",
    "formula": "=HYPERLINK(\"https://evil.example\")",
    "long": "9" * 4_000,
    "many": ",".join(["9"] * 1_900),
}  # fmt: skip
PARAMETERS = (*sorted(NAMES), "halaman", "embed_options", "x")
# A job of the steward's page, and Streamlit's own word for how it is embedded, mean nothing to these pages.
SILENT = ("tugas", "embed_options")


def test_there_is_something_to_try_everywhere():
    assert len(PARAMETERS) >= 20 and {"provinsi", "dari", "jenis", "bahasa", "banding"} <= set(PARAMETERS)


def held_back(view, payload: str) -> list[str]:
    """Elements that repeat a payload in another way than as code in a notice."""
    bad = []
    for element in view.elements:
        kind = element.WhichOneof("type")
        for text in strings(element):
            if kind == "alert":
                text = re.sub(r"`[^`]*`", "", text)  # noqa: PLW2901
            if kind != "page_link" and (payload[:40] in text or "netraRan" in text or "1337" in text):
                bad.append(f"{kind}: {text[:80]}")
    return bad


def lengths(view) -> int:
    return sum(
        len(text)
        for element in view.elements
        if element.WhichOneof("type") == "alert"
        for text in strings(element)
    )


def _without_notice(shown: list[str], plain: list[str]) -> list[str]:
    """What is shown, less the button of a notice that the build asked for is not kept, and less the word that a receipt does
    not verify; nothing else may be more."""
    for mark, many in (("leave_build", 3), ("netra-fault", 1)):
        start = next((place for place, text in enumerate(shown) if mark in text), None)
        if len(shown) > len(plain) and start is not None:
            shown = shown[:start] + shown[start + many :]
    return shown


async def try_all(site, page, addresses):
    """The default view of a page, and what it shows at each address, all in one conversation."""
    async with reader(site, page) as one:
        first = await one.see()
        return first, [await one.see(address) for address in addresses]


@pytest.mark.parametrize("name", sorted(PAYLOADS))
def test_no_parameter_of_an_address_changes_an_answer(site, name):
    payload = PAYLOADS[name]
    first, views = asyncio.run(try_all(site, "wilayah", [{each: payload} for each in PARAMETERS]))
    for parameter, view in zip(PARAMETERS, views, strict=True):
        assert (view.finished, view.faults) == (FINISHED, []), parameter
        assert _without_notice(view.shown, first.shown) == first.shown, parameter
        assert held_back(view, payload) == [], parameter
        assert lengths(view) < 2_000, parameter


@pytest.mark.parametrize("page", [entry.path for entry in PAGES])
def test_no_page_is_shaken_by_all_of_them_at_once(site, page):
    addresses = [dict.fromkeys(PARAMETERS, payload) for payload in PAYLOADS.values() if len(payload) < 200]
    first, views = asyncio.run(try_all(site, page, addresses))
    for address, view in zip(addresses, views, strict=True):
        assert (view.finished, view.faults) == (FINISHED, [])
        assert _without_notice(view.shown, first.shown) == first.shown
        assert held_back(view, address["x"]) == []


@pytest.mark.parametrize(
    "query",
    ["provinsi=" + "9," * 100_000, "&".join(f"p{n}=1" for n in range(20_000)), "provinsi=" + "x" * 200_000],
)
def test_an_address_in_a_message_is_bounded_too(site, query):
    """Every link of a page carries the address: two hundred kilobytes would come back with every page of the menu."""
    first, views = asyncio.run(try_all(site, "wilayah", [query]))
    assert (views[0].finished, views[0].faults) == (FINISHED, [])
    assert views[0].shown == first.shown
    # Written in a link a comma takes three bytes; menu, languages and the way back are links.
    carried = 2 * limits().parameter_bytes * (len(PAGES) + 4)
    assert sum(map(len, views[0].texts)) < sum(map(len, first.texts)) + carried < 200_000


def forged(widget: str) -> list[WidgetState]:
    """What a browser never sends for a widget."""
    states = []
    for payload in PAYLOADS.values():
        states += [WidgetState(id=widget, string_value=payload), WidgetState(id=widget)]
        states[-1].string_array_value.data.append(payload)
    states += [WidgetState(id=widget, int_value=2**62), WidgetState(id=widget, bool_value=True)]
    states += [
        WidgetState(id=widget, json_value='{"a": 1}'),
        WidgetState(id=widget, double_value=float("nan")),
    ]
    return states


def test_a_forged_widget_harms_its_own_session_only(site):
    async def forge():
        async with reader(site, "wilayah") as one, reader(site, "wilayah") as other:
            before = await other.see()
            widgets = sorted({w for e in (await one.see()).elements for w in identities(e)})
            views = [
                await one.see(widgets={"w": state}) for widget in widgets for state in forged(widget)[::5]
            ]
            return widgets, before, await other.see(), views

    widgets, before, after, views = asyncio.run(forge())
    assert len(widgets) >= 5
    assert after.shown == before.shown
    for view in views:
        assert not [text for text in view.texts if INSIDE.search(text)]
        assert not [text for text in view.texts if "netraRan" in text]


def identities(element):
    """Ids of the widgets of an element."""
    inner = getattr(element, element.WhichOneof("type"))
    found = getattr(inner, "id", "")
    return [found] if found.startswith("$$ID") else []
