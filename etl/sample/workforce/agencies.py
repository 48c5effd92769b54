"""The agencies of a government: the published list where there is one, else the usual perangkat daerah."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.sample.model import Kind, Strict
from etl.sample.places import Government

COUNCIL = "Sekretariat DPRD"


class Profile(Strict):
    """Composition of the staff of an agency."""

    female: float
    functional: float
    pppk: float


class Posts(Strict):
    """Managerial posts of an agency; supervisory posts before and after the cut at the end of 2020."""

    jpt: int
    administrator: int
    pengawas: int
    pengawas_after: int


class UsualAgency(Strict):
    """An agency that governments of a kind usually have."""

    name: str
    type: str
    profile: str
    weight: Mapping[Kind, float]
    match: str | tuple[str, ...] = ()

    def matches(self, name: str) -> bool:
        """True if a published name denotes this usual agency."""
        starts = (self.match,) if isinstance(self.match, str) else self.match
        return name.startswith(starts or (self.name,))


class Titles(Strict):
    """Position titles by class, agency type and profile."""

    jpt: Mapping[str, tuple[str, ...]]
    administrator: Mapping[str, tuple[str, ...]]
    pengawas: Mapping[str, tuple[str, ...]]
    functional: Mapping[str, tuple[str, ...]]
    levels: tuple[str, ...]
    pelaksana: tuple[str, ...]


class UsualAgencies(Strict):
    """`data/reference/agencies_usual.yml`."""

    profiles: Mapping[str, Profile]
    posts: Mapping[str, Posts]
    unmatched_weight: Mapping[str, float]
    agencies: tuple[UsualAgency, ...]
    titles: Titles


@dataclass(frozen=True)
class Agency:
    """One agency of one government, with the weight of its staff and its posts."""

    name: str
    agency_type: str
    post_key: str
    profile: str
    weight: float
    posts: Posts


class AgencyLists:
    """Agencies of every government, from the published and the usual list."""

    def __init__(
        self, usual: UsualAgencies, published: Sequence[Mapping[str, str]], complete: frozenset[str]
    ) -> None:
        self.usual, self.complete = usual, complete
        self._published: dict[str, list[tuple[str, str]]] = {}
        for row in published:
            code = row["regency_code"] or row["province_code"]
            self._published.setdefault(code, []).append((row["agency_name"], row["agency_type"]))

    def agencies(self, place: Government) -> list[Agency]:
        """Agencies of a government in the order of the usual list, then published ones that match none of it."""
        published = self._published.get(place.code, [])
        names = {name for name, _ in published}
        listed: dict[str, Agency] = {}
        for usual in (entry for entry in self.usual.agencies if place.kind in entry.weight):
            own = [name for name in sorted(names - set(listed)) if usual.matches(name)]
            if not own and place.code in self.complete:
                continue
            for name in own or [usual.name.replace("{seat}", place.seat)]:
                listed[name] = self._agency(
                    name, usual.type, usual.profile, usual.weight[place.kind] / max(len(own), 1)
                )
        for name, agency_type in published:
            if name not in listed:
                profile = "health" if agency_type == "rsud" else "office"
                listed[name] = self._agency(
                    name, agency_type, profile, self.usual.unmatched_weight[agency_type]
                )
        return list(listed.values())

    def _agency(self, name: str, agency_type: str, profile: str, weight: float) -> Agency:
        post_key = "sekretariat_dprd" if name == COUNCIL else agency_type
        return Agency(name, agency_type, post_key, profile, weight, self.usual.posts[post_key])
