"""The card of a loaded file: what it was, what was understood, what was refused."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from errors import ContractError, DefinitionError
from etl.vault.store import whole_file

LONG_NUMBER = re.compile(r"\d{9,}")
EARLIER = "earlier"


class Correction(BaseModel):
    """A spreadsheet of refused rows that came back corrected."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file_name: str
    sha256: str
    rows_loaded: int


class Card(BaseModel):
    """One loaded file. The card holds no row of it, no name and no number of a person."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source_id: str
    kind: Literal["roster", "cases", "discipline", "numbers", "prevention"]
    government_code: str | None = None
    publisher: str | None = None
    file_name: str
    sha256: str
    as_of: date | None = None
    code_system: str | None = None
    form: str
    sheet: str | None = None
    columns: dict[str, str]
    mapped: dict[str, str] = {}
    rows_read: int
    rows_loaded: int
    rows_rejected: int
    rows_skipped: int = 0
    skipped: dict[str, int] = {}
    warnings: dict[str, int] = {}
    counted: dict[str, int] = {}
    unknown_agencies: int = 0
    pns_active: int | None = None
    pppk_active: int | None = None
    pns_forgotten: int = 0
    pppk_forgotten: int = 0
    expect_pns: int | None = None
    expect_pppk: int | None = None
    control_verdict: Literal["match", "mismatch_accepted", "none"] = "none"
    accepted_by: str | None = None
    corrections: tuple[Correction, ...] = ()
    original_kept: bool = False
    is_simulated: bool
    reader_version: str
    edition: int = 0

    @property
    def vault_name(self) -> str:
        """The file in the vault, named by content, so that writing the card is the one moment of change."""
        edition = f".{self.edition}" if self.edition else ""
        return f"{self.source_id}.{self.sha256[:8]}-{self.reader_version[:6]}{edition}.parquet"

    @property
    def control_matches(self) -> bool:
        """Whether every declared control total is met; persons forgotten at their wish still count for it."""
        counted = ((self.pns_active or 0) + self.pns_forgotten, (self.pppk_active or 0) + self.pppk_forgotten)
        declared = (self.expect_pns, self.expect_pppk)
        return all(want is None or want == have for want, have in zip(declared, counted, strict=True))

    @property
    def control_totals(self) -> str:
        """What was counted and what was declared, in words."""
        declared = (("PNS", self.pns_active, self.expect_pns), ("PPPK", self.pppk_active, self.expect_pppk))
        return ", ".join(
            f"{name} {have}" + ("" if want is None else f" (harus {want})") for name, have, want in declared
        )


def shown_name(name: str) -> str:
    """The name of a file as cards and pages show it: printable, and without long numbers, which could be a person's."""
    return LONG_NUMBER.sub("…", "".join(letter for letter in name if letter.isprintable()))


def write_card(folder: Path, card: Card) -> None:
    """Writes a card as `<source_id>.yml`, whole or not at all; the card that it replaces is kept among the earlier ones."""
    target = folder / f"{card.source_id}.yml"
    if target.exists():
        earlier = folder / EARLIER / card.source_id
        numbers = [int(path.stem) for path in earlier.glob("*.yml")]
        with whole_file(earlier / f"{max(numbers, default=0) + 1:04d}.yml", mode=0o644) as draft:
            draft.write_bytes(target.read_bytes())
    overwrite_card(target, card)


def overwrite_card(target: Path, card: Card) -> None:
    """Writes a card in the place of another one, which is not kept."""
    text = yaml.safe_dump(card.model_dump(mode="json"), allow_unicode=True, sort_keys=False)
    with whole_file(target, mode=0o644) as draft:
        draft.write_text(text, encoding="utf-8")


def read_cards(folder: Path) -> list[Card]:
    """All cards, by source id; a card that breaks its shape is a DefinitionError."""
    return [read_card_file(path) for path in sorted(folder.glob("*.yml"))]


def read_known_cards(folder: Path, known: Mapping[str, str]) -> tuple[list[Card], dict[str, str]]:
    """All cards as `read_cards` gives them, and each as JSON by the SHA-256 of its file; one that is `known` so is not parsed.

    YAML takes its time, and of many cards few are new. Only what the same version of this module wrote is known.
    """
    cards, seen = [], {}
    for path in sorted(folder.glob("*.yml")):
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        cards.append(Card.model_validate_json(known[sha256]) if sha256 in known else read_card_file(path))
        seen[sha256] = known.get(sha256) or cards[-1].model_dump_json()
    return cards, seen


def read_card(folder: Path, source_id: str) -> Card | None:
    """The card of one source, or None."""
    path = folder / f"{source_id}.yml"
    return read_card_file(path) if path.is_file() else None


def earlier_cards(folder: Path, source_id: str) -> list[Card]:
    """The cards of a source before the present one, oldest first."""
    present = read_card(folder, source_id)
    found = [read_card_file(path) for path in sorted((folder / EARLIER / source_id).glob("*.yml"))]
    return [card for place, card in enumerate(found) if card != present and card not in found[place + 1 :]]


def next_edition(folder: Path, card: Card) -> int:
    """The number of the next edition of a file: above those of every version, so that none takes another's tables."""
    versions = [
        card,
        *earlier_cards(folder, card.source_id),
        *filter(None, [read_card(folder, card.source_id)]),
    ]
    return 1 + max(version.edition for version in versions if version.sha256 == card.sha256)


def restore_card(folder: Path, source_id: str, before: Callable[[Card], object] = lambda card: None) -> Card:
    """Brings back the version of a source before the present one; without one it is a ContractError.

    `before` hears of it first; what it raises stops it.
    """
    earlier = earlier_cards(folder, source_id)
    if not earlier:
        raise ContractError(
            f"Tidak ada versi sebelumnya dari {shown_name(source_id)}. / There is no earlier version.",
            "data/sources",
            "Lihat daftarnya dengan python -m etl sources --all.",
        )
    before(earlier[-1])
    write_card(folder, earlier[-1])
    return earlier[-1]


def read_card_file(path: Path) -> Card:
    """One card; one that breaks its shape is a DefinitionError."""
    try:
        return Card.model_validate(yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader))
    except (ValidationError, yaml.YAMLError, UnicodeDecodeError) as broken:
        reason = "; ".join(_places(broken)) if isinstance(broken, ValidationError) else type(broken).__name__
        raise DefinitionError(
            f"Kartu sumber rusak. / The source card is invalid: {reason[:300]}",
            path.name,
            "Muat ulang berkasnya, atau hapus kartu ini.",
        ) from None


def _places(broken: ValidationError) -> list[str]:
    return [f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in broken.errors()]
