"""Command line of the boundaries: `python -m geo build`."""

from __future__ import annotations

import logging
import tempfile
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

import settings
from errors import AppError
from geo import boundaries

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Boundaries of the map.")


@app.callback()
def main() -> None:
    """Boundaries of the map."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")


@app.command()
def build(
    wheels: Annotated[
        Path | None,
        typer.Option(
            help="Folder that keeps the two downloaded packages, for building without a network.",
            exists=True,
            file_okay=False,
            writable=True,
        ),
    ] = None,
) -> None:
    """Rebuild the boundaries under static/geo and data/reference/neighbours.csv; a failure changes nothing."""
    target = settings.ROOT / "static" / "geo"
    try:
        with tempfile.TemporaryDirectory() if wheels is None else nullcontext(str(wheels)) as folder:
            facts = settings.read().reference
            tables = (facts / "regions.csv", target, facts / "neighbours.csv")
            names = boundaries.build(Path(folder), *tables)
    except AppError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(error.exit_code) from error
    for name in names.values():
        typer.echo(f"static/geo/{name}")


if __name__ == "__main__":
    app(prog_name="python -m geo")
