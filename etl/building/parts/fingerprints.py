"""What the parts of a warehouse are made from, as hashes: equal hashes, equal rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path

import duckdb
import rapidfuzz

from etl.agencies.decisions import decision_file
from etl.building.parts.division import CASES, FACTS, GOVERNMENT, SOURCE, SOURCES
from etl.cards.card import Card
from etl.meaning.regions import read_regions
from etl.protecting.releases import Told
from language.catalogue import FOLDER as MESSAGES
from settings import ROOT, Settings

ETL = Path(__file__).resolve().parents[2]
CODE = ("building", "agencies", "cards", "correcting", "following", "meaning", "protecting", "sql")
CODE_FILES = (".py", ".sql", ".yml")
REGISTERS = ("cases", "discipline")
IN_VAULT = {"roster": ("workforce", "rejections", "warnings"), "prevention": ("prevention", "rejections")}
NO_CASE = "no register, no history of discipline"


def frame_hash(settings: Settings) -> str:
    """Of all that every part depends on: facts, published figures, corrections, dictionary, texts, steps, and the engines' versions."""
    code = (path for room in CODE for path in (ETL / room).rglob("*.*") if path.suffix in CODE_FILES)
    files = [
        *settings.reference.glob("*.csv"), *settings.published.glob("*.csv"), ROOT / "data" / "dictionary.yml",
        ROOT / "data" / "protection.yml", *(ROOT / "stats").rglob("*.py"),
        *MESSAGES.glob("*.yml"), *MESSAGES.parent.glob("*.py"), *code,
    ]  # fmt: skip
    engines = f"duckdb {duckdb.__version__} rapidfuzz {rapidfuzz.__version__} scipy {version('scipy')}"
    digest = hashlib.sha256(f"{engines} threshold {settings.suppress_below}".encode())
    for path in sorted(files):
        digest.update(f"\n{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    for path in sorted(settings.corrections.glob("*.yml")):
        digest.update(f"\n{path.name}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def source_hash(settings: Settings, frame: str, cards: list[Card]) -> str:
    """Of everything that a build depends on but what was released before: the frame, the decisions on names of agencies, the cards."""
    decisions = (path.name.encode() + path.read_bytes() for path in sorted(settings.agencies.glob("*.yml")))
    return _hash([frame.encode(), *decisions, *map(_text, cards)])


def input_hash(source: str, before: Told | None) -> str:
    """Of everything that a build depends on: its sources, and the release that it follows."""
    return _hash([source.encode(), before.hash.encode()]) if before else source


def has_cases(cards: Iterable[Card]) -> bool:
    """Whether anything loaded can hold a case; without it no table of cases has a row, whatever rosters say."""
    return any(card.kind in REGISTERS for card in cards)


def fingerprint_of_cases(cards: list[Card], inputs: str) -> str:
    """Cases look into every register, roster and decision, so that any change is one to them."""
    return inputs if has_cases(cards) else NO_CASE


def fingerprints(
    settings: Settings, cards: list[Card], people: Path, cases: tuple[str, Mapping[str, str]]
) -> dict[str, str]:
    """Each part's hash within one frame; `cases` is that of the cases, and of their agencies by government."""
    of_cases, agencies_in_cases = cases
    loaded = {card.source_id: _loaded(card, people) for card in cards}
    found = {FACTS: "", CASES: of_cases, SOURCES: _hash(map(str.encode, loaded.values()))}
    found |= {f"{SOURCE}/{source_id}": made_from for source_id, made_from in loaded.items()}
    for code in (region["code"] for region in read_regions()):
        rosters = [card for card in cards if card.kind == "roster" and card.government_code == code]
        sources = [loaded[card.source_id].encode() for card in rosters]
        decisions = _bytes(decision_file(settings.agencies, code))
        found[f"{GOVERNMENT}/{code}"] = _hash([decisions, agencies_in_cases.get(code, "").encode(), *sources])
    return found


def _loaded(card: Card, people: Path) -> str:
    """A source as the tables without persons depend on it: its card and its files, whatever their names promise."""
    files = [people / table / card.vault_name for table in IN_VAULT.get(card.kind, ("rejections",))]
    return _hash([_text(card), *map(_bytes, files)])


def _text(card: Card) -> bytes:
    return card.model_dump_json().encode()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:  # whoever makes the part finds out, and says so
        return b""


def _hash(texts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for text in texts:
        digest.update(hashlib.sha256(text).digest())
    return digest.hexdigest()
