"""What a job is asked to do: the words of the command line, and what the form held."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from ui.steward.running.parcel import Parcel

Verb = Literal["check", "load", "build", "rollback", "restore", "sources"]
VERBS: Final[tuple[Verb, ...]] = ("check", "load", "build", "rollback", "restore", "sources")


@dataclass(frozen=True)
class Order:
    """One call of the command line. `options` may hold what must not be kept; `about` is kept and shown."""

    verb: Verb
    words: tuple[str, ...]
    options: tuple[str, ...] = field(default=(), repr=False)
    about: Mapping[str, str] = field(default_factory=dict)
    parcel: Parcel | None = None

    def command(self, path: str | None) -> list[str]:
        """The words of the command line, for a file that lies under `path`."""
        file = [] if path is None or self.parcel is None else [path, f"--name={self.parcel.name}"]
        dry = ["--dry-run"] if self.verb == "check" else []
        return [*self.words, *file, *self.options, *dry, "--json"]

    def in_earnest(self) -> Order:
        """The same file and the same words, loaded and not only checked."""
        return replace(self, verb="load")

    def with_sheet(self, sheet: str) -> Order:
        """The same, for one sheet of the file."""
        others = tuple(option for option in self.options if not option.startswith("--sheet="))
        about = {**self.about, "sheet": sheet}
        return replace(self, verb="check", options=(*others, f"--sheet={sheet}"), about=about)
