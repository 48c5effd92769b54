"""What every way of speaking to the operator can do, and which one a command line asks for."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from errors import AppError
from etl.cards.card import LONG_NUMBER
from etl.loading.report import Report
from etl.telling.log import log, open_log
from language.catalogue import catalogue
from settings import Settings

Fact = str | int | bool | None


def explained(rule: str) -> str:
    """The key of the text that explains a rule, or a note on a case."""
    return f"rule.{rule}" if f"rule.{rule}" in catalogue() else f"note.{rule}"


class Steps(Protocol):
    """Hears the name of each step as it begins."""

    def __call__(self, step: str) -> None:
        """Says that a step begins."""


class Teller(Protocol):
    """Speaks to the operator."""

    def steps(self, title: str) -> AbstractContextManager[Steps]:
        """Progress of long work."""

    def understood(self, report: Report) -> None:
        """What was understood of a file, before anything is written."""

    def done(self, sentence: str, facts: Mapping[str, Fact]) -> None:
        """That a command has ended well."""

    def table(self, title: str, headings: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """A list."""

    def error(self, fault: AppError) -> None:
        """What went wrong and what to do."""


@contextmanager
def exit_codes(teller: Teller, settings: Settings) -> Iterator[None]:
    """Turns errors into messages and exit codes; nothing internal and no cell of a file is shown."""
    open_log(settings)
    try:
        yield
    except AppError as fault:
        _cut_numbers(fault)
        log.error("%s %s", type(fault).__name__, fault.where or "")
        teller.error(fault)
        sys.exit(fault.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as broken:  # the text of an unforeseen error may quote a cell, so only its place is told
        place = " < ".join(
            f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(broken.__traceback__)[-4:]
        )
        log.error("%s at %s", type(broken).__name__, place)
        teller.error(
            AppError(
                f"Kesalahan tak terduga ({type(broken).__name__}); tidak ada yang diterbitkan. / Unexpected error.",
                place,
                "Laporkan baris ini; tidak memuat data orang.",
            )
        )
        sys.exit(1)


def _cut_numbers(fault: AppError) -> None:
    """A number in the name of a file or in an option could be a person's."""
    fault.what = LONG_NUMBER.sub("…", fault.what)
    fault.where = fault.where and LONG_NUMBER.sub("…", fault.where)
    fault.cure = fault.cure and LONG_NUMBER.sub("…", fault.cure)
