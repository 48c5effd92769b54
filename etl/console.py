"""Speaks to the operator: tables and progress on a terminal, one line per step in a log, errors without internals."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.table import Table

from errors import AppError
from etl.loading.card import LONG_NUMBER
from settings import Settings

PIPE_WIDTH = 200
out = Console(highlight=False, width=None if sys.stdout.isatty() else PIPE_WIDTH)
err = Console(stderr=True, highlight=False)
log = logging.getLogger("netra.etl")


def open_log(settings: Settings) -> None:
    """Writes one line per step to `log/etl.log` under the data folder."""
    folder = settings.data / "log"
    folder.mkdir(parents=True, exist_ok=True)
    if not log.handlers:
        writer = logging.FileHandler(folder / "etl.log", encoding="utf-8")
        writer.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        log.addHandler(writer)
        log.setLevel(logging.INFO)


def show(title: str, headings: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Prints a table."""
    table = Table(title=title, title_justify="left", show_edge=False, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    out.print(table)


@contextmanager
def steps(title: str) -> Iterator[Callable[[str], None]]:
    """Progress on a terminal and one log line per step."""
    with err.status(title) as status:

        def tell(step: str) -> None:
            log.info("%s %s", title, step)
            status.update(f"{title}: {step}")

        yield tell


@contextmanager
def exit_codes(settings: Settings) -> Iterator[None]:
    """Turns the error tree into messages and exit codes; nothing internal is shown."""
    try:
        yield
    except AppError as fault:
        log.error("%s %s", type(fault).__name__, LONG_NUMBER.sub("…", fault.where or ""))
        err.print(f"[bold]{fault.where or 'netra'}[/bold]: {fault.what}", markup=True, soft_wrap=True)
        if fault.cure:
            err.print(f"→ {fault.cure}", markup=False, soft_wrap=True)
        sys.exit(fault.exit_code)
    except KeyboardInterrupt:
        err.print("Dihentikan; tidak ada yang berubah. / Stopped; nothing changed.")
        sys.exit(130)
