"""Worked examples from the literature and from the manuals of other programs, to the digits printed there."""

from pathlib import Path

import numpy as np
import pytest

from stats.between import dispersion, funnel, smoothing, standard

# R package PHEindicatormethods (UK Health Security Agency), tests/testthat/testdata_funnel_ratio_outputs.csv: the
# Fingertips funnel. For a number of events the expected count at which it lies on a limit, and that limit in per cent.
# Its root finder stops at six digits.
FINGERTIPS = [
    # events, level, expected at the lower limit, lower limit, expected at the upper limit, upper limit
    (1, 0.95, 5.571644585, 17.94802207, 0.025317898, 3949.774946),
    (2, 0.95, 7.224687515, 27.6828582, 0.242209467, 825.7315569),
    (3, 0.95, 8.767273828, 34.21816244, 0.618671905, 484.9096876),
    (4, 0.95, 10.24158653, 39.05644881, 1.089865762, 367.0176768),
    (5, 0.95, 11.6683331, 42.85102213, 1.623486324, 307.979188),
    (9, 0.95, 17.08479966, 52.67840524, 4.11537405, 218.6921502),
    (19, 0.95, 29.67084937, 64.03591539, 11.43924075, 166.0949394),
    (70, 0.95, 88.44079461, 79.14899488, 54.5684461, 128.2792621),
    (684, 0.95, 737.2376756, 92.77876357, 633.6939776, 107.9385357),
    (1, 0.998, 9.233410143, 10.83023482, 0.001000547, 99945.32721),
    (4, 0.998, 14.79414916, 27.03771576, 0.42855244, 933.3746885),
    (5, 0.998, 16.45474478, 30.38637225, 0.739371928, 676.2496398),
    (70, 0.998, 99.90930868, 70.06354155, 46.96282314, 149.0540716),
    (684, 0.998, 768.7368323, 88.97713382, 606.0208883, 112.8673967),
]

# The same package, testdata_funnel_ratio_inputs.csv: observed, expected and the verdict.
VERDICTS = [
    (8, 6.239860227, 0), (151, 106.4429719, 2), (159, 232.9329036, -2), (191, 184.0963855, 0),
    (124, 183.894409, -2), (220, 249.8012944, 0), (150, 119.5695496, 1), (0, 240.6273499, -2),
    (182, 196.799308, 0), (151, 204.6070461, -2), (206, 139.4719025, 2), (141, 106.7211626, 2),
    (113, 96.14566494, 0), (129, 127.9000595, 0), (121, 162.3289509, -2), (190, 202.1491648, 0),
    (187, 181.3773036, 0), (136, 141.2693466, 0), (150, 100.6778978, 2), (75, 120.1923077, -2),
    (92, 102.6098595, 0), (182, 136.0137508, 2), (182, 143.6804295, 1),
]  # fmt: skip


@pytest.mark.parametrize(("events", "level", "at_lower", "lower", "at_upper", "upper"), FINGERTIPS)
def test_the_funnel_of_fingertips(events, level, at_lower, lower, at_upper, upper):
    assert 100 * funnel.poisson_limits(at_lower, level)[0] == pytest.approx(lower, rel=3e-6)
    # Where hardly anything is expected, the published root is exact to three digits only.
    close = 6e-4 if at_upper < 0.1 else 3e-6
    assert 100 * funnel.poisson_limits(at_upper, level)[1] == pytest.approx(upper, rel=close)
    assert events / at_lower == pytest.approx(lower / 100, rel=1e-8)


@pytest.mark.parametrize(("observed", "expected", "verdict"), VERDICTS)
def test_the_verdicts_of_fingertips(observed, expected, verdict):
    limits = {level: funnel.poisson_limits(expected, level) for level in funnel.LEVELS}
    assert int(funnel.position(observed / expected, limits)) == verdict


def test_the_dispersion_of_funnelplotr():
    # R package FunnelPlotR, tests/testthat/test-classes_methods.R: phi of six units on the log scale, none cut off.
    observed, expected = np.array([100, 150, 180, 80, 120, 225]), np.array([108, 112, 165, 95, 100, 220])
    scores = np.sqrt(expected) * np.log(observed / expected)
    assert dispersion.dispersion(scores, expected, share=0).phi == pytest.approx(2.948033, abs=5e-7)


@pytest.mark.parametrize(
    ("events", "level", "lower", "upper"),
    # PHEindicatormethods, tests/testthat/testdata_Byars_Wilson.xlsx.
    [
        (65, 0.95, 50.163187710459454, 82.84913854593984),
        (1045, 0.95, 982.5932018073325, 1110.33121298565),
        (1, 0.95, 0.01307213290150435, 5.5637555824752605),
        (65, 0.998, 42.8802614714802, 94.00029084431802),
        (10, 0.998, 2.916318374695686, 24.193724927880535),
    ],
)
def test_byar(events, level, lower, upper):
    found = standard.byar(events, 1, level)
    assert (float(found[0]), float(found[1])) == pytest.approx((lower, upper), rel=1e-12)


def test_a_standardised_ratio_of_dohoo_martin_and_stryhn():
    # Dohoo, Martin and Stryhn 2009, tuberculosis of cattle, as printed by epi.indirectadj of the R package epiR:
    # expected 52 and 140, ratios 1.1153846 and 0.9285714.
    herds, rates = [[550, 450], [500, 1500]], [0.025, 0.085]
    expected = standard.expected(herds, rates)
    assert expected == pytest.approx([52, 140])
    assert np.array([58, 130]) / expected == pytest.approx([1.1153846, 0.9285714], abs=5e-8)


def test_the_standardised_ratios_of_esda():
    # esda.smoothing.standardized_mortality_ratio, documented example: 2.4869 and 2.7368.
    standard_events = np.array([[100, 45, 120, 100], [50, 30, 200, 80]])
    people = np.array([[1000, 900, 1000, 900], [1000, 900, 1000, 900]])
    exposure = np.array([[100, 100, 110, 90], [100, 90, 110, 90]])
    rates = standard_events / people
    expected = [float(standard.expected(exposure[n], rates[n])) for n in (0, 1)]
    assert [95 / expected[0], 104 / expected[1]] == pytest.approx([2.4869, 2.7368], abs=5e-5)


def test_the_smoothed_homicides_of_st_louis():
    # esda.smoothing.Empirical_Bayes, documented example: homicides around St Louis, data that ship with libpysal.
    import csv

    from libpysal.examples import load_example

    with Path(load_example("stl").get_path("stl_hom.csv")).open(newline="") as file:
        rows = [(float(row[10]), float(row[13])) for row in list(csv.reader(file))[1:]]
    events, people = np.array(rows).T
    smoothed = smoothing.smooth(events, people, smoothing.moments(events, people)).mean
    printed = [
        2.36718950e-05, 4.54539167e-05, 4.78114019e-05, 2.76907146e-05, 6.58989323e-05,
        3.66494122e-05, 5.79952721e-05, 2.03064590e-05, 3.31152999e-05, 3.02748380e-05,
    ]  # fmt: skip
    assert smoothed[:10] == pytest.approx(printed, rel=1e-8)
