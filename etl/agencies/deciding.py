"""Writes a decision into the card of its government. What stands there stays, comments included where they can."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from textwrap import indent
from typing import Any

import yaml

from errors import DefinitionError
from etl.agencies.decisions import Decisions, decision_file, parse_decisions, place_of, read_decisions_of
from etl.agencies.settling import settle
from etl.vault.store import sweep, whole_file, writing
from settings import Settings

HEAD = "# Putusan atas nama perangkat daerah / decisions on names of agencies; see docs/agencies.md\n"


@dataclass(frozen=True)
class Verdict:
    """What a human says of one written name; exactly one of the ways is given."""

    name: str
    same: str | None = None
    different: tuple[str, ...] = field(default=())
    renamed_to: str | None = None
    on: date | None = None

    def entries(self) -> dict[str, Any]:
        """The verdict as it stands in a card, by section."""
        if self.same is not None:
            return {"same": {self.name: self.same}}
        if self.different:
            return {"different": [[self.name, other] for other in self.different]}
        if self.renamed_to is not None:
            return {"renamed": [{"from": [self.name], "to": self.renamed_to, "on": self.on}]}
        return {"known": [self.name]}


def decide(settings: Settings, government: str, verdict: Verdict) -> bool:
    """Adds a verdict to the card; returns whether it said anything new. A contradiction is a DefinitionError, and nothing is written."""
    with writing(settings):
        sweep(settings.agencies)
        path = decision_file(settings.agencies, government)
        before = read_decisions_of(settings.agencies, government)
        added = parse_decisions(yaml.safe_dump(verdict.entries(), allow_unicode=True).encode(), government)
        after = _joined(before, added, government)
        settle(after, government)
        if after == before:
            return False
        text = path.read_text("utf-8-sig") if path.is_file() else HEAD
        with whole_file(path, mode=0o644) as draft:
            draft.write_text(_with_entries(text, added, after, government), encoding="utf-8")
    return True


def _joined(before: Decisions, added: Decisions, government: str) -> Decisions:
    for name, official in added.same.items():
        if before.same.get(name, official) != official:
            raise DefinitionError(
                f"same: '{name}' = '{before.same[name]}' sudah diputuskan. / This is already decided.",
                place_of(government),
                "Hapus baris itu dari kartu, lalu ulangi.",
            )
    return Decisions(
        same=before.same | added.same,
        different=_once(before.different, added.different),
        known=_once(before.known, added.known),
        renamed=_once(before.renamed, added.renamed),
    )


def _once(before: tuple[Any, ...], added: tuple[Any, ...]) -> tuple[Any, ...]:
    return (*before, *(entry for entry in added if entry not in before))


def _with_entries(text: str, added: Decisions, after: Decisions, government: str) -> str:
    """The text of the card with the new lines in it; where a human's way of writing does not allow that, the card anew."""
    written = text if text.endswith("\n") or not text else text + "\n"
    for section, entries in _plain(added).items():
        lines = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=1000)
        heading = re.search(
            rf"^{section}:[ \t]*(#.*)?\n([ \t]*(#.*)?\n)*(?P<indent> *)", written, re.MULTILINE
        )
        least = "  " if isinstance(entries, dict) else ""
        if heading:
            place = heading.start("indent")
            written = f"{written[:place]}{indent(lines, heading['indent'] or least)}{written[place:]}"
        else:
            written += f"{section}:\n{indent(lines, '  ')}"
    try:
        if _same_content(parse_decisions(written.encode(), government), after):
            return written
    except DefinitionError:
        pass
    return HEAD + yaml.safe_dump(_plain(after), allow_unicode=True, sort_keys=False, width=1000)


def _plain(decisions: Decisions) -> dict[str, Any]:
    """The sections of a card that hold something, as YAML has them."""
    plain: Mapping[str, Any] = decisions.model_dump(mode="python", by_alias=True, exclude_none=True)
    return {name: _listed(entries) for name, entries in plain.items() if entries}


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _listed(entry) for key, entry in value.items()}
    return [_listed(entry) for entry in value] if isinstance(value, tuple | list) else value


def _same_content(one: Decisions, two: Decisions) -> bool:
    def parts(card: Decisions) -> tuple[object, ...]:
        return (
            card.same,
            set(card.different),
            set(card.known),
            {entry.model_dump_json() for entry in card.renamed},
        )

    return parts(one) == parts(two)
