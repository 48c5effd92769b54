"""The answer to a question, and all that must be told with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from numpy.typing import NDArray

from metrics.frame import Rows, plain, rows, typed

if TYPE_CHECKING:
    import pandas as pd

    from metrics.assemble import By
    from metrics.definition import Definition, Group
    from metrics.exposure import Coverage
    from warehouse.selection import Selection
    from warehouse.tables import Query

Periods = Literal["whole", "election"]
Basis = Literal["asn_years", "asn", "persons"]


@dataclass(frozen=True)
class Result:
    """The answer and everything a reader must be told with it.

    `columns` are those of the tidy frame as plain arrays, NaN for a missing number.
    `events_out_of_scope` counts persons that no row holds: their government has no usable roster or did not
    vote, or their agency or employment is unknown where that is asked; None means 1 to k-1, too few to say.
    `as_of` are the dates of the snapshots used; `basis` says what the exposure counts; `queries` are what the
    engine was asked. `own` are the units that are told without suppression, to whom they belong alone.
    """

    columns: Mapping[str, NDArray[Any]]
    definition: Definition
    selection: Selection
    by: By
    period: Periods
    group: Group | None
    caveats: tuple[str, ...]
    coverage: Coverage
    events_out_of_scope: int | None
    is_simulated: bool
    as_of: tuple[date, ...]
    basis: Basis
    queries: tuple[Query, ...]
    own: frozenset[str] = frozenset()

    @cached_property
    def frame(self) -> pd.DataFrame:
        """One row per unit, period and group (see metrics.frame); made when it is first asked for."""
        return typed(self.columns)

    @cached_property
    def rows(self) -> Rows:
        """The rows of the frame by column, missing values as None, for who needs no frame; nobody changes them."""
        return rows(self.columns)

    def shown_as(self, frame: pd.DataFrame) -> Result:
        """The same answer with another frame of the same columns: some of its rows, or other names of units."""
        return replace(self, columns=plain(frame))

    @property
    def head(self) -> dict[Any, Any] | None:
        """The first row, missing values as None; None where there is no row."""
        return self.rows[0] if self.rows else None

    @property
    def sql(self) -> tuple[str, ...]:
        """The questions with their values in place."""
        return tuple(query.shown for query in self.queries)

    def unit(self, lang: str) -> str:
        """What the estimate is measured in, in the language `id` or `en`."""
        text = self.definition.unit_election if self.basis == "asn" else None
        return (text or self.definition.unit).of(lang)
