"""The card of a loaded file: what it was, what was understood, what was refused."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from errors import DefinitionError
from etl.vault.store import whole_file

LONG_NUMBER = re.compile(r"\d{9,}")


class Card(BaseModel):
    """One loaded file. The card holds no row of it, no name and no number of a person."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source_id: str
    kind: Literal["roster", "cases", "discipline"]
    government_code: str | None = None
    publisher: str | None = None
    file_name: str
    sha256: str
    as_of: date | None = None
    code_system: str | None = None
    form: str
    sheet: str | None = None
    columns: dict[str, str]
    rows_read: int
    rows_loaded: int
    rows_rejected: int
    rows_skipped: int = 0
    warnings: dict[str, int] = {}
    counted: dict[str, int] = {}
    pns_active: int | None = None
    pppk_active: int | None = None
    expect_pns: int | None = None
    expect_pppk: int | None = None
    control_verdict: Literal["match", "mismatch_accepted", "none"] = "none"
    accepted_by: str | None = None
    is_simulated: bool
    reader_version: str

    @property
    def vault_name(self) -> str:
        """The file in the vault, named by content, so that writing the card is the one moment of change."""
        return f"{self.source_id}.{self.sha256[:8]}-{self.reader_version[:6]}.parquet"


def shown_name(path: Path) -> str:
    """The name of a file as cards and pages show it: a long number in it could be a person's."""
    return LONG_NUMBER.sub("…", path.name)


def checksum(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_card(folder: Path, card: Card) -> Path:
    """Writes a card as `<source_id>.yml`, whole or not at all."""
    target = folder / f"{card.source_id}.yml"
    text = yaml.safe_dump(card.model_dump(mode="json"), allow_unicode=True, sort_keys=False)
    with whole_file(target, mode=0o644) as draft:
        draft.write_text(text, encoding="utf-8")
    return target


def read_cards(folder: Path) -> list[Card]:
    """All cards, by source id; a card that breaks its shape is a DefinitionError."""
    cards = []
    for path in sorted(folder.glob("*.yml")):
        try:
            cards.append(Card.model_validate(yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)))
        except (ValidationError, yaml.YAMLError) as broken:
            raise DefinitionError(
                f"Kartu sumber rusak. / The source card is invalid: {str(broken)[:300]}",
                path.name,
                "Muat ulang berkasnya, atau hapus kartu ini.",
            ) from None
    return cards
