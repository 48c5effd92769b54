"""What a file must say besides its rows: the build it stands on, and what the build's codes are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from language import LANGUAGES, Words, words
from warehouse.reference import Build, Source
from warehouse.selection import Known


@dataclass(frozen=True)
class Edition:
    """The receipt of a build, its sources, its names by language, and the threshold k of small counts."""

    build: Build
    sources: tuple[Source, ...]
    known: Mapping[str, Known]
    suppress_below: int

    @property
    def day(self) -> str:
        """The day of the build, as 2024-11-27."""
        return self.build.built_at[:10]

    @staticmethod
    def readers() -> tuple[Words, ...]:
        """The words of every language: a file is for readers of all of them."""
        return tuple(words(lang) for lang in LANGUAGES)


@dataclass(frozen=True)
class Twin:
    """A table as shown on the screen: heads and rows of text."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
