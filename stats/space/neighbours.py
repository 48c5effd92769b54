"""Who is next to whom, as weights."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Neighbours:
    """Units that have a neighbour, in the order given, and their weights: each row adds up to one."""

    units: tuple[str, ...]
    places: NDArray[np.int64]
    """Position of each of `units` among the units that were given."""
    weights: Floats

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]], units: Sequence[str]) -> Self:
        """Weights of `units` from pairs of neighbours (either direction will do); others' pairs are ignored.

        A unit none of whose neighbours is among `units` is left out: nothing can be said about it.
        """
        place = {unit: number for number, unit in enumerate(units)}
        touching = np.zeros((len(units), len(units)))
        for one, other in pairs:
            if one in place and other in place and one != other:
                touching[place[one], place[other]] = touching[place[other], place[one]] = 1.0
        kept = np.flatnonzero(touching.sum(axis=1))
        inside = touching[np.ix_(kept, kept)]
        return cls(tuple(units[k] for k in kept.tolist()), kept, inside / inside.sum(axis=1, keepdims=True))
