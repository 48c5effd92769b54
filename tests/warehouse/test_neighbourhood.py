"""Neighbours come in both directions, and every regency has one."""

from warehouse import reference
from warehouse.neighbourhood import neighbours


def test_every_regency_has_a_neighbour_and_every_pair_two_directions(warehouse):
    pairs = neighbours(warehouse)
    assert {(other, one) for one, other in pairs} == pairs
    regencies = {row.region_code for row in reference.regions(warehouse) if row.level == "regency"}
    assert {one for one, _ in pairs} == regencies
    assert len(pairs) == 246
