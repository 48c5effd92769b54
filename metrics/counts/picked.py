"""The rows of one metric, picked out of a count that holds those of all metrics and places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from metrics.definition import Criteria, Definition, definitions

if TYPE_CHECKING:
    from warehouse.selection import Selection
    from warehouse.tables import Query

COUNTED: Final = ("persons", "unknown_employment", "simulated")


@dataclass(frozen=True)
class Tally:
    """Counted rows in order of their keys: key columns, count columns, and the question that counted them."""

    keys: Mapping[str, Sequence[Any]]
    counts: Mapping[str, NDArray[np.int64]]
    query: Query

    @property
    def length(self) -> int:
        """Number of rows."""
        return len(next(iter(self.counts.values())))


@cache
def traits() -> tuple[str, ...]:
    """The columns of a case that any metric asks for."""
    criteria = (part for one in definitions().values() for part in (one.events, one.exposure) if part)
    return tuple(sorted({name for part in criteria if part.table == "mart_case" for name in part.where}))


def picked(found: Tally, definition: Definition, selection: Selection, keys: Sequence[str]) -> Tally:
    """The rows of a metric in the places of the selection, by `keys`, in their order."""
    kinds = list(zip(*(found.keys[name] for name in traits()), strict=True))
    judged = {kind: _judged(definition, kind) for kind in set(kinds)}
    counts = zip(*(found.counts[name].tolist() for name in COUNTED), strict=True)
    by_key = zip(*(found.keys[key] for key in keys), strict=True)
    added: dict[tuple[Any, ...], list[int]] = {}
    for key, home, kind, count in zip(by_key, found.keys["government_code"], kinds, counts, strict=True):
        is_trial, is_event = judged[kind]
        if is_trial and _is_chosen(home, selection):
            persons, unknown, simulated = count
            sums = added.setdefault(key, [0, 0, 0, 0])
            for at, more in enumerate((persons * is_event, persons, unknown * is_event, simulated)):
                sums[at] += more
    columns = list(zip(*added, strict=True)) or [()] * len(keys)
    table = np.array(list(added.values()), dtype=np.int64).reshape(-1, 4)
    names = ("events", "trials", "unknown_employment", "simulated")
    return Tally(
        keys={key: list(column) for key, column in zip(keys, columns, strict=True)},
        counts={name: table[:, at] for at, name in enumerate(names)},
        query=found.query,
    )


def _judged(definition: Definition, kind: tuple[Any, ...]) -> tuple[bool, bool]:
    """Whether cases of a kind, as `traits` tell it, belong to the exposure and to the events of a metric."""
    # The numerator of a proportion is looked for inside its denominator.
    inside = definition.exposure if definition.kind == "proportion" else definition.events
    is_trial = inside is None or _meets(inside, kind)
    return is_trial, is_trial and _meets(definition.events, kind)


def _meets(criteria: Criteria, trait: tuple[Any, ...]) -> bool:
    values = dict(zip(traits(), trait, strict=True))
    return all(values[name] in allowed for name, allowed in criteria.where.items())


def _is_chosen(home: str, selection: Selection) -> bool:
    return (not selection.provinces or home[:2] in selection.provinces) and (
        not selection.governments or home in selection.governments
    )
