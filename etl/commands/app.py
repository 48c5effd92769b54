"""The command line: `python -m etl`. With `--json` anywhere, every line on standard output is an event."""

from __future__ import annotations

import sys

import typer

import settings as settings_module
from errors import AppError
from etl.commands import agencies, loading, publishing, sources
from etl.commands.desk import Desk
from etl.commands.keeping import audit, builds, vault
from etl.telling.console import Terminal
from etl.telling.events import Events
from etl.telling.teller import Teller, exit_codes

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Netra Kalimantan: data masuk dan gudang data / data in and the warehouse.",
)
load = typer.Typer(no_args_is_help=True, help="Muat berkas / take in a file.")
app.add_typer(load, name="load")
loading.add_to(load)
publishing.add_to(app)
sources.add_to(app)
agencies.add_to(app)
vault.add_to(app)
audit.add_to(app)
builds.add_to(app)


def main() -> None:
    """Runs a command; errors become messages and the contract's exit codes."""
    asked = sys.argv[1:]
    teller: Teller = Events() if "--json" in asked else Terminal()
    try:
        chosen = settings_module.read()
    except AppError as fault:
        teller.error(fault)
        sys.exit(fault.exit_code)
    with exit_codes(teller, chosen):
        app(args=[word for word in asked if word != "--json"], obj=Desk(chosen, teller))
