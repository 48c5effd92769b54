"""What clocks and curves have told in all releases so far: carried on from release to release in the vault.

Beside what was told it holds the counts of persons by day that it was made of, small ones too, and no person.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

NOTHING: Final = ""
Telling = Mapping[str, Any]


@dataclass(frozen=True)
class Lines:
    """Tellings in the order of the releases: of election clocks by election, of curves by place, body and stage.

    `latest` is the place, among its clocks, of what this release tells of each election.
    """

    clocks: dict[str, list[Telling]] = field(default_factory=dict)
    curves: dict[str, list[Telling]] = field(default_factory=dict)
    latest: dict[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> Lines:
        """Raises ValueError for what is no such text."""
        if text == NOTHING:
            return cls()
        return cls(**json.loads(text))

    @property
    def text(self) -> str:
        """The same for the same tellings."""
        if not self.clocks and not self.curves:
            return NOTHING
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))


def remember(before: dict[str, list[Telling]], name: str, telling: Telling) -> int:
    """Puts a telling behind the others of its name, where it is not one of them; returns its place."""
    told = before.setdefault(name, [])
    if telling not in told:
        told.append(telling)
    return told.index(telling)
