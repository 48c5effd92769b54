"""Did a rate change by more than chance? CUSUM on counts with unequal exposure, its limit set by simulation.

    cusum(steps, start=0.0) -> Floats                       the recursion max(0, S + step)
    poisson_steps(counts, expected, ratio) -> Floats        log likelihood ratio of a rate times `ratio`
    detect(counts, expected, chance, ...) -> Verdict        the whole test of one series, seeded

A g-chart (exposure between single events) is left out: its limits hold for one constant rate, and elections come in
waves. `expected` carries the wave here.
"""

from stats.change.cusum import cusum, poisson_steps
from stats.change.detection import Change, Verdict, detect

__all__ = ["Change", "Verdict", "cusum", "detect", "poisson_steps"]
