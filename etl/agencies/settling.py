"""Works out what the decisions of a government mean: which name is which agency on which day. Contradictions are refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, NoReturn

from errors import DefinitionError
from etl.agencies.decisions import Decisions, place_of
from etl.agencies.names import normalise

FIRST_DAY, LAST_DAY = date(1, 1, 1), date(9999, 12, 31)


class Link(NamedTuple):
    """One agency follows another: the names of both, and the first day of the new one."""

    former: str
    to: str
    on: date


class Period(NamedTuple):
    """The agency that a name means from a day to a day, both included."""

    valid_from: date
    valid_to: date
    official: str


@dataclass(frozen=True)
class Settled:
    """Decisions without contradiction. Names are looked up by their normalised form."""

    spelled: Mapping[str, str]
    links: Mapping[str, Link]
    mentioned: Mapping[str, str]

    def official(self, name: str) -> str:
        """The name that a written name stands for, before any renaming; itself where nothing is decided."""
        return self.spelled.get(normalise(name), name)

    def periods(self, name: str) -> list[Period]:
        """What a written name means over time: without gap, without overlap."""
        found, start, official = [], FIRST_DAY, self.official(name)
        while link := self.links.get(normalise(official)):
            found.append(Period(start, link.on - timedelta(days=1), official))
            start, official = link.on, link.to
        return [*found, Period(start, LAST_DAY, official)]

    def lineage(self, name: str) -> str:
        """The agency that a name has become by now."""
        return self.periods(name)[-1].official


def settle(decisions: Decisions, government: str) -> Settled:
    """The meaning of a card; names decided two ways, and renamings in a circle, twice or to themselves, are a DefinitionError."""
    written = _names(decisions)
    spelled = _spellings(decisions, government, written)
    settled = Settled(spelled, {}, written)
    links: dict[str, Link] = {}
    for renaming in decisions.renamed:
        for name in renaming.former:
            _add_link(
                links, Link(settled.official(name), settled.official(renaming.to), renaming.on), government
            )
    for former in links:
        _refuse_circle(links, former, government)
    _refuse_disputed(decisions, Settled(spelled, links, written), government)
    return Settled(spelled, links, written)


def _names(decisions: Decisions) -> dict[str, str]:
    """Every name that the card mentions, official ones first, by its normalised form."""
    renamed = [name for renaming in decisions.renamed for name in (renaming.to, *renaming.former)]
    pairs = [name for pair in decisions.different for name in pair]
    found: dict[str, str] = {}
    for name in (*decisions.same.values(), *renamed, *decisions.known, *pairs, *decisions.same):
        found.setdefault(normalise(name), name)
    return found


def _spellings(decisions: Decisions, government: str, written: Mapping[str, str]) -> dict[str, str]:
    """Each decided spelling to the name at the end of its chain."""
    decided: dict[str, str] = {}
    for name, official in decisions.same.items():
        key, target = normalise(name), normalise(official)
        if decided.setdefault(key, target) != target:
            _refuse(government, "same", f"'{name}' = '{written[decided[key]]}' / '{official}'")
    direct = {key: target for key, target in decided.items() if key != target}
    spelled = {}
    for key, target in direct.items():
        passed, end = {key}, target
        while end in direct:
            if end in passed:
                _refuse(
                    government, "same", f"'{written[key]}' kembali ke dirinya sendiri / leads back to itself"
                )
            passed.add(end)
            end = direct[end]
        spelled[key] = written[end]
    return spelled


def _add_link(links: dict[str, Link], link: Link, government: str) -> None:
    key = normalise(link.former)
    if key == normalise(link.to):
        _refuse(government, "renamed", f"'{link.former}' → '{link.to}': nama yang sama / the same name")
    if key in links:
        _refuse(
            government, "renamed",
            f"'{link.former}' berganti nama dua kali; pemekaran tidak dipetakan / is renamed twice; splits are not mapped",
        )  # fmt: skip
    if link.on <= FIRST_DAY:
        _refuse(government, "renamed", f"'{link.former}': {link.on}")
    links[key] = link


def _refuse_circle(links: Mapping[str, Link], start: str, government: str) -> None:
    passed, link = {start}, links[start]
    while following := links.get(normalise(link.to)):
        if normalise(link.to) in passed:
            _refuse(
                government, "renamed", f"'{link.to}' kembali ke nama lamanya / comes back to an earlier name"
            )
        if following.on <= link.on:
            _refuse(
                government, "renamed",
                f"'{link.to}' berakhir {following.on}, sebelum '{link.former}' menjadi '{link.to}' {link.on} / ends before it begins",
            )  # fmt: skip
        passed.add(normalise(link.to))
        link = following


def _refuse_disputed(decisions: Decisions, settled: Settled, government: str) -> None:
    for one, two in decisions.different:
        first, second = normalise(settled.official(one)), normalise(settled.official(two))
        if first == second:
            _refuse(
                government,
                "different",
                f"'{one}' / '{two}': juga dinyatakan sama / also decided to be the same",
            )
        if _follows(settled, first, second) or _follows(settled, second, first):
            _refuse(
                government,
                "different",
                f"'{one}' / '{two}': juga berganti nama / also renamed into each other",
            )
    for name in decisions.known:
        if normalise(name) in settled.spelled:
            _refuse(government, "known", f"'{name}' = '{settled.official(name)}' / {name}")


def _follows(settled: Settled, former: str, later: str) -> bool:
    link = settled.links.get(former)
    return link is not None and normalise(link.to) == later


def _refuse(government: str, key: str, what: str) -> NoReturn:
    raise DefinitionError(
        f"{key}: {what}. Putusan bertentangan. / The decisions contradict each other.",
        place_of(government),
        "Hapus salah satu barisnya dari kartu itu, lalu ulangi.",
    )
