"""Moran's I of data sets that ship with libpysal, as printed in esda's documentation, some of it after GeoDa."""

import libpysal
import numpy as np
import pytest

from stats.space import Neighbours, moran, standardised_rates


def example(name, table, *columns):
    """Columns of an example of libpysal, and its neighbours."""
    weights, file = (libpysal.io.open(libpysal.examples.get_path(path)) for path in (f"{name}.gal", table))
    around = weights.read()
    values = [np.array(file.by_col(column), dtype=float) for column in columns]
    weights.close()
    file.close()
    order = [str(unit) for unit in around.id_order]
    pairs = [(str(one), str(other)) for one, others in around.neighbors.items() for other in others]
    return (Neighbours.of(pairs, order), *values)


def test_homicide_rates_around_st_louis():
    # esda.Moran: round(mi.I, 3) is 0.244 and mi.EI is -0.012987012987012988 (78 counties, HR8893).
    neighbours, rates = example("stl", "stl_hom.txt", "HR8893")
    found = moran(rates, neighbours)
    assert round(found.i, 3) == 0.244
    assert found.expected == pytest.approx(-0.012987012987012988, abs=1e-15)
    assert found.p < 0.01


def test_sudden_infant_deaths_in_north_carolina():
    # esda.Moran, "SIDS example replicating OpenGeoda": 0.248 for SIDR74. All 100 counties have a neighbour.
    neighbours, rates = example("sids2", "sids2.dbf", "SIDR74")
    assert len(neighbours.units) == 100
    assert round(moran(rates, neighbours).i, 3) == 0.248


def test_the_same_deaths_with_standardised_rates():
    # esda.Moran_Rate (Assunção and Reis): 0.1662 for SID79 over BIR79.
    neighbours, deaths, births = example("sids2", "sids2.dbf", "SID79", "BIR79")
    assert moran(standardised_rates(deaths, births), neighbours).i == pytest.approx(0.1662, abs=5e-5)


def test_standardised_rates_of_eight_regions():
    # esda.smoothing.assuncao_rate.
    found = standardised_rates([30, 25, 25, 15, 33, 21, 30, 20], [100, 100, 110, 90, 100, 90, 110, 90])
    assert found[:4] == pytest.approx([1.03843594, -0.04099089, -0.56250375, -1.73061861], abs=5e-9)
