"""The command line in the process of a test. That a process of its own does the same is held by the journey of
`tests/etl/test_commands.py` and by `tests/functional/test_muat_with_the_command_line.py`."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from etl.commands.app import main
from settings import Settings


@contextmanager
def commanding(room: Settings) -> Iterator[Callable[..., int]]:
    """A function that runs a command on a room and returns its exit code."""
    log = logging.getLogger("netra.etl")

    def run(*words: object) -> int:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("NETRA_DATA", str(room.data))
            patch.setenv("NETRA_KEY_FILE", str(room.key_file))
            patch.setattr(sys, "argv", ["etl", *map(str, words)])
            try:
                main()
            except SystemExit as end:
                return int(end.code or 0)
            finally:
                while log.handlers:
                    log.handlers.pop().close()
        return 0

    yield run


@contextmanager
def listening(
    room: Settings, capfd: pytest.CaptureFixture[str]
) -> Iterator[Callable[..., tuple[int, str, str]]]:
    """The same, with what the command said and its errors; what is said before does not count."""
    with commanding(room) as command:

        def run(*words: object) -> tuple[int, str, str]:
            capfd.readouterr()
            code = command(*words)
            said = capfd.readouterr()
            return code, said.out, said.err

        yield run
