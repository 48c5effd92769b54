"""Which tables are given: the breakdowns that the pages show, and no others.

What is published together decides what can be recovered from it, so files and addresses offer what the pages do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, cast, get_args

from metrics.assemble import By
from metrics.definition import Definition, Group, definitions
from metrics.result import Periods

LEVELS: Final[tuple[By, ...]] = ("government", "province", "kalimantan", "agency")
PERIODS: Final[tuple[Periods, ...]] = get_args(Periods)
PAIRS: Final = "severity_pair"


@dataclass(frozen=True)
class Shape:
    """How an answer is split."""

    by: By
    period: Periods
    group: Group | None


def offered(metric: Definition, shape: Shape) -> bool:
    """Whether a table of this shape is given: groups by election, and pairs of severities, of all Kalimantan only."""
    if shape.by not in LEVELS or shape.period not in PERIODS:
        return False
    if shape.group is None:
        return True
    if shape.group not in metric.groups:
        return False
    if shape.group == PAIRS:
        return shape.by == "kalimantan" and shape.period == "whole"
    return shape.by == "kalimantan" or shape.period == "whole"


def groups(metric: Definition, by: str, period: str) -> tuple[Group, ...]:
    """Groups that a table of a metric may be split by."""
    shapes = [Shape(cast("By", by), cast("Periods", period), group) for group in metric.groups]
    return tuple(shape.group for shape in shapes if shape.group and offered(metric, shape))


def everything() -> Iterator[tuple[str, Shape]]:
    """Every metric with every shape that is given, always in the same order."""
    for metric_id, metric in definitions().items():
        for by in LEVELS:
            for period in PERIODS:
                for group in (None, *groups(metric, by, period)):
                    yield metric_id, Shape(by, period, group)
