"""What an explanation consists of; no part may be missing, and one that does not apply says why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from language import Words
from ui import results
from warehouse.selection import Selection
from warehouse.tables import Query

PARTS: Final = (
    "definition", "formula", "numerator", "denominator", "interval", "not_shown", "limits", "filters", "build", "sql",
)  # fmt: skip
"""The parts in the order in which they are read."""


@dataclass(frozen=True)
class Explanation:
    """Lines by part in the reader's language; `without` are the parts whose line is the reason why there are none.

    `queries` are what the engine was asked, as often as it was asked for this figure.
    """

    title: str
    lines: Mapping[str, tuple[str, ...]]
    without: frozenset[str]
    queries: tuple[Query, ...]

    def __post_init__(self) -> None:
        assert tuple(self.lines) == PARTS, "an explanation has all parts, in their order"
        assert all(lines and all(lines) for lines in self.lines.values()), "no part is empty"
        assert bool(self.queries) != ("sql" in self.without), (
            "the question is shown, or the reason why there is none"
        )

    def also(self, more: Mapping[str, tuple[str, ...]], queries: tuple[Query, ...] = ()) -> Explanation:
        """The explanation with further lines at the end of its parts, and further questions."""
        lines = {part: (*own, *more.get(part, ())) for part, own in self.lines.items()}
        return replace(self, lines=lines, queries=(*self.queries, *queries))


def filters(w: Words, selection: Selection) -> str:
    """What is selected, in words."""
    return selection.describe(w, results.known(w.lang))


def build(w: Words) -> str:
    """Which data, which code."""
    now = results.build()
    told = {"build": now.build_id, "as_of": now.as_of, "built_at": now.built_at, "code": now.code_version}
    return w("explain.build", hash=now.content_hash, **told)
