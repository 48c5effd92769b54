"""Published examples of durations, to the printed digits.

Weeks of remission under 6-mercaptopurine and placebo: Freireich et al. 1963, Blood 21:699, as listed by Gehan 1965,
Biometrika 52:203. The table is Stata's, printed by G. Rodríguez, Survival Analysis, Princeton University
(grodri.github.io/survival/gehan): `sts list, by(group)` and `sts test group`.
"""

import numpy as np
import pytest

from stats.duration import cumulative_incidence, kaplan_meier, log_rank, median

TREATED = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
RELAPSED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
CONTROL = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]

# time, at risk, fail, survivor function, 95 % confidence interval
PRINTED_TREATED = [
    (6, 21, 3, 0.8571, 0.6197, 0.9516),
    (7, 17, 1, 0.8067, 0.5631, 0.9228),
    (10, 15, 1, 0.7529, 0.5032, 0.8894),
    (13, 12, 1, 0.6902, 0.4316, 0.8491),
    (16, 11, 1, 0.6275, 0.3675, 0.8049),
    (22, 7, 1, 0.5378, 0.2678, 0.7468),
    (23, 6, 1, 0.4482, 0.1881, 0.6801),
]
PRINTED_CONTROL = [
    (1, 21, 2, 0.9048, 0.6700, 0.9753),
    (2, 19, 2, 0.8095, 0.5689, 0.9239),
    (3, 17, 1, 0.7619, 0.5194, 0.8933),
    (4, 16, 2, 0.6667, 0.4254, 0.8250),
    (5, 14, 2, 0.5714, 0.3380, 0.7492),
    (8, 12, 4, 0.3810, 0.1831, 0.5778),
    (11, 8, 2, 0.2857, 0.1166, 0.4818),
    (12, 6, 2, 0.1905, 0.0595, 0.3774),
    (15, 4, 1, 0.1429, 0.0357, 0.3212),
    (17, 3, 1, 0.0952, 0.0163, 0.2612),
    (22, 2, 1, 0.0476, 0.0033, 0.1970),
    (23, 1, 1, 0.0000, np.nan, np.nan),
]


@pytest.mark.parametrize(
    ("weeks", "relapsed", "printed"),
    [(TREATED, RELAPSED, PRINTED_TREATED), (CONTROL, [1] * 21, PRINTED_CONTROL)],
    ids=["treated", "control"],
)
def test_kaplan_and_meiers_curve_is_the_printed_one(weeks, relapsed, printed):
    curve = kaplan_meier(weeks, relapsed)
    days, at_risk, fail, share, lower, upper = zip(*printed, strict=True)
    assert curve.days.tolist() == list(days)
    assert curve.at_risk.tolist() == list(at_risk)
    assert curve.ended.tolist() == list(fail)
    assert curve.share == pytest.approx(share, abs=5e-5)
    assert curve.lower == pytest.approx(lower, abs=5e-5, nan_ok=True)
    assert curve.upper == pytest.approx(upper, abs=5e-5, nan_ok=True)


def test_medians_can_be_read_off_the_printed_table():
    treated, control = median(kaplan_meier(TREATED, RELAPSED)), median(kaplan_meier(CONTROL, [1] * 21))
    assert (treated.days, treated.lower, treated.upper) == (23, 13, None)
    assert (control.days, control.lower, control.upper) == (8, 4, 11)


def test_the_log_rank_test_is_the_printed_one():
    # Stata prints chi2(1) = 16.79, events expected 10.75 and 19.25; R's survdiff of the same data p = 4.17e-05.
    found = log_rank(TREATED + CONTROL, RELAPSED + [1] * 21, ["treated"] * 21 + ["control"] * 21)
    assert found.groups.tolist() == ["control", "treated"]
    assert found.observed.tolist() == [21, 9]
    assert found.expected == pytest.approx([10.75, 19.25], abs=5e-3)
    assert (found.statistic, found.freedom) == (pytest.approx(16.79, abs=5e-3), 1)
    assert found.p == pytest.approx(4.17e-5, abs=5e-8)


def test_cumulative_incidence_is_the_printed_one():
    """Satagopan et al. 2004, British Journal of Cancer 91:1229, table 2: the first nine of 305 patients."""
    months = [7, 10, 14, 16, 18, 23, 24, 26, 27] + [28] * 296
    # 1 died of breast cancer, 2 of another cause, 0 alive; those after the first nine are followed longer.
    cause = [0, 1, 0, 1, 2, 1, 0, 2, 1] + [0] * 296
    found = cumulative_incidence(months, cause, causes=2)
    assert found.days.tolist() == [10, 16, 18, 23, 26, 27]
    assert found.at_risk.tolist() == [304, 302, 301, 300, 298, 297]
    assert np.round(100 * found.waiting, 1).tolist() == [99.7, 99.3, 99.0, 98.7, 98.3, 98.0]
    cancer = found.share[0][np.isin(found.days, [10, 16, 23, 27])]
    # The authors round each step of 0.33 to 0.3 before they add, and print 0.3, 0.6, 0.9 and 1.2.
    assert np.floor(1000 * np.diff(cancer, prepend=0)).tolist() == [3, 3, 3, 3]
    assert cancer == pytest.approx([0.003, 0.006, 0.009, 0.012], abs=0.0015)
