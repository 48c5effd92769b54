"""One linear program that is asked many questions in a row, each from where the last one ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = NDArray[np.float64]
SIDES: Final = (np.rint, np.ceil, np.floor)
# Rounded columns after which a search among whole numbers is no slower.
_DEEP: Final = 100


class Program:
    """Least cost of columns within bounds whose sums are given: HiGHS, warm from one question to the next.

    scipy ships HiGHS, but its public functions hand the whole program over for every question; a question that differs from
    the last in a bound or two takes a tenth of that. This is the only module that reaches below scipy's public functions, and
    the pins of requirements.txt say which version it was written for. One thread, so that equal questions in
    equal order have equal answers.
    """

    def __init__(self, sums: csr_array, sides: Floats, cost: Floats, bounds: tuple[Floats, Floats]) -> None:
        from scipy.optimize._highspy import _core

        self._core: Any = _core
        self._lower, self._upper = bounds
        rows, columns = sums.shape
        by_column, model = sums.tocsc(), _core.HighsLp()
        model.num_col_, model.num_row_ = columns, rows
        model.col_cost_, model.col_lower_, model.col_upper_ = cost, *bounds
        model.row_lower_ = model.row_upper_ = sides
        matrix = model.a_matrix_
        matrix.num_col_, matrix.num_row_, matrix.format_ = columns, rows, _core.MatrixFormat.kColwise
        matrix.start_, matrix.index_ = by_column.indptr, by_column.indices
        matrix.value_ = by_column.data.astype(np.float64)
        self._solver: Any = _core._Highs()
        for option, value in (("output_flag", False), ("threads", 1), ("presolve", "off")):
            self._solver.setOptionValue(option, value)
        self._solver.passModel(model)

    def price(self, columns: NDArray[np.int64], cost: Floats) -> None:
        """From now on columns cost so much each."""
        self._solver.changeColsCost(len(columns), columns.astype(np.int32), cost)

    def whole(self, held: Mapping[int, float], side: np.ufunc) -> Floats | None:
        """The same in whole numbers, with some columns held, while one column after the other is rounded to one side.

        Mostly nothing need be rounded. None where it leads nowhere, which says nothing of other ways.
        """
        kept = dict(held)
        for column, much in held.items():
            self._solver.changeColBounds(column, much, much)
        found = self.solve()
        while found is not None and len(kept) < len(held) + _DEEP:
            broken = np.abs(found - np.rint(found))
            column = int(broken.argmax())
            if broken[column] <= 1e-6:
                break
            kept[column] = float(side(found[column]))
            self._solver.changeColBounds(column, kept[column], kept[column])
            found = self.solve()
        for column in kept:
            self._solver.changeColBounds(column, self._lower[column], self._upper[column])
        is_whole = found is not None and np.abs(found - np.rint(found)).max() <= 1e-6
        return found if is_whole else None

    def held(self, held: Mapping[int, float]) -> Floats | None:
        """The columns at least cost with some of them held, whole or not."""
        for column, much in held.items():
            self._solver.changeColBounds(column, much, much)
        found = self.solve()
        for column in held:
            self._solver.changeColBounds(column, self._lower[column], self._upper[column])
        return found

    def solve(self) -> Floats | None:
        """The columns at least cost, or None where no columns fit."""
        self._solver.run()
        if self._solver.getModelStatus() != self._core.HighsModelStatus.kOptimal:
            return None
        return np.array(self._solver.getSolution().col_value)
