"""What every command finds on its desk: the settings and a way to speak."""

from __future__ import annotations

from dataclasses import dataclass

import typer

from etl.telling.teller import Teller
from settings import Settings


@dataclass(frozen=True)
class Desk:
    """Settings and teller of one run of the command line."""

    settings: Settings
    teller: Teller


def desk_of(context: typer.Context) -> Desk:
    """The desk that `main` has laid out."""
    found = context.find_object(Desk)
    assert found is not None, "main lays out the desk"
    return found
