"""Which government has how many cases, by election: the published orders of magnitude, drawn once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from etl.sample.model import CaseModel, ElectionModel
from etl.sample.places import Government

LABELS = {
    "PILKADA2018": "Pilkada 2018",
    "PEMILU2019": "Pemilu 2019",
    "PILKADA2020": "Pilkada 2020",
    "PEMILU2024": "Pemilu 2024",
    "PILKADA2024": "Pilkada 2024",
}
NOT_CASES = ("support_list",)


@dataclass(frozen=True)
class Incident:
    """One case to be told: election, employing government, number of persons, and its own random stream."""

    election: ElectionModel
    government: str
    persons: int
    stream: tuple[int, ...]


def prominence(rows: Sequence[Mapping[str, str]]) -> dict[tuple[str, str], int]:
    """Highest published count per election label and government; support lists and non-ASN rows left out."""
    highest: dict[tuple[str, str], int] = {}
    for row in rows:
        own = row["scope"] == "regency" or row["government_name"].startswith("Pemerintah Provinsi")
        counted = row["violation_type"] not in NOT_CASES and row["employment_type"] != "non_asn"
        if own and counted and row["scope"] != "national":
            key = (row["election"], row["regency_code"] or row["province_code"])
            count = int(row["asn_count"] or row["case_count"] or 0)
            highest[key] = max(highest.get(key, 0), count)
    return highest


class Allocation:
    """Draws the incidents of every province and election, whatever governments are written later."""

    def __init__(
        self,
        model: CaseModel,
        governments: Mapping[str, Government],
        voting: Mapping[str, frozenset[str]],
        published: Sequence[Mapping[str, str]],
    ) -> None:
        self.model, self.governments, self.voting = model, governments, voting
        self.prominence = prominence(published)

    def incidents(self, seed: int) -> list[Incident]:
        """All incidents of all provinces and elections for a seed."""
        return [
            incident
            for number, election in enumerate(self.model.elections)
            for province in sorted(election.provinces)
            for incident in self._draw(election, province, (seed, int(province), number))
        ]

    def weights(self, election: ElectionModel, province: str) -> dict[str, float]:
        """Relative chance of each government of a province to employ the persons of a case."""
        voting = self.voting.get(election.code, frozenset(self.governments))
        label = LABELS.get(election.code, "")
        weights: dict[str, float] = {}
        for code, place in self.governments.items():
            neighbours = election.kind != "re_vote" and any(other.startswith(province) for other in voting)
            takes_part = code in voting or (place.is_province and neighbours)
            if place.province_code == province and takes_part:
                base = self.model.province_weight if place.is_province else self.model.base_weight
                weights[code] = base + self.prominence.get((label, code), 0)
        return weights

    def _draw(self, election: ElectionModel, province: str, stream: tuple[int, int, int]) -> list[Incident]:
        random = np.random.default_rng([*stream, 3])
        expected = election.provinces[province]
        left = int(np.clip(random.poisson(expected.expected), expected.low, expected.high))
        weights = self.weights(election, province)
        codes, chances = list(weights), np.array(list(weights.values()))
        sizes, shares = list(self.model.persons_per_case), list(self.model.persons_per_case.values())
        incidents: list[Incident] = []
        while left > 0:
            persons = min(int(random.choice(sizes, p=shares)), left)
            code = codes[int(random.choice(len(codes), p=chances / chances.sum()))]
            incidents.append(Incident(election, code, persons, (*stream, 4, len(incidents))))
            left -= persons
        return incidents
