"""One linear program that is asked many questions in a row, each from where the last one ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Columns = NDArray[np.int64]
Way = tuple[float, np.ufunc, int]
SIDES: Final = (np.rint, np.ceil, np.floor)
# Rounded columns after which a search among whole numbers is no slower.
_DEEP: Final = 100
# Ways from a corner that is not whole: the share of its broken columns that is rounded at once (0: one, the most broken), to
# which side, and after how many programs the way is given up.
_WAYS: Final = (
    (0.1, np.rint, 12),
    (0.05, np.rint, 12),
    (0.0, np.rint, 60),
    (0.2, np.rint, 12),
    (0.0, np.ceil, 60),
    (0.0, np.floor, 60),
)
# How many times what the corner costs is cheap.
_CHEAP: Final = 2.0
_BROKEN: Final = 1e-6


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
        for option, value in (
            ("output_flag", False),
            ("threads", 1),
            ("presolve", "off"),
            ("simplex_dual_edge_weight_strategy", 1),
        ):
            self._solver.setOptionValue(option, value)
        self._solver.passModel(model)

    def price(self, columns: Columns, cost: Floats) -> None:
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

    def rounded(self, held: Mapping[int, float]) -> Floats | None:
        """The same, while many columns are rounded at once: a way in a few programs, mostly nearly as cheap.

        Several ways begin at the corner, and the cheapest is taken. None where none of them leads anywhere.
        """
        columns, much = np.array(list(held)), np.array(list(held.values()))
        self._fix(columns, much)
        corner, best = self.solve(), None
        if corner is not None and not len(_broken(corner)):
            best = corner
        elif corner is not None:
            cheap, least, basis = _CHEAP * self._spent(), np.inf, self._solver.getBasis()
            for way in _WAYS:
                self._solver.setBasis(basis)
                found = self._gone(corner, way, least)
                best, least = found or (best, least)
                if least <= cheap:
                    break
        self._loosen(columns)
        return best

    def held(self, held: Mapping[int, float]) -> Floats | None:
        """The columns at least cost with some of them held, whole or not."""
        columns = np.array(list(held))
        self._fix(columns, np.array(list(held.values())))
        found = self.solve()
        self._loosen(columns)
        return found

    def solve(self) -> Floats | None:
        """The columns at least cost, or None where no columns fit."""
        self._solver.run()
        if self._solver.getModelStatus() != self._core.HighsModelStatus.kOptimal:
            return None
        return np.array(self._solver.getSolution().col_value)

    def _gone(self, found: Floats | None, way: Way, most: float) -> tuple[Floats, float] | None:
        """Whole columns that cost less than `most`, and their cost, from a corner on."""
        (share, side, rounds), fixed = way, np.zeros(0, dtype=np.int64)
        for _ in range(rounds):
            broken = _broken(found) if found is not None else fixed[:0]
            if found is None or not len(broken):
                break
            many = max(1, int(len(broken) * share))
            found, columns = self._round(found, broken[:many] if share else broken[-1:], side)
            fixed = np.concatenate([fixed, columns])
            share = share if len(columns) == many else share / 2
            if found is not None and self._spent() >= most:
                found = None
        spent = self._spent()
        self._loosen(fixed)
        return None if found is None or len(_broken(found)) else (found, spent)

    def _round(self, found: Floats, broken: Columns, side: np.ufunc) -> tuple[Floats | None, Columns]:
        """The next corner and the columns that it holds: all the broken, or the first alone, or that one on its other side."""
        first, near = broken[:1], side(found)
        other = np.floor(found) + np.ceil(found) - near
        for columns, whole in ((broken, near), (first, near), (first, other)):
            self._fix(columns, whole[columns])
            following = self.solve()
            if following is not None:
                return following, columns
            self._loosen(columns)
        return None, first

    def _spent(self) -> float:
        return float(self._solver.getInfo().objective_function_value)

    def _fix(self, columns: Columns, much: Floats) -> None:
        self._solver.changeColsBounds(len(columns), columns.astype(np.int32), much, much)

    def _loosen(self, columns: Columns) -> None:
        bounds = self._lower[columns], self._upper[columns]
        self._solver.changeColsBounds(len(columns), columns.astype(np.int32), *bounds)


def _broken(found: Floats) -> Columns:
    """The columns that are no whole numbers, those that are nearly whole first."""
    off = np.abs(found - np.rint(found))
    broken = np.flatnonzero(off > _BROKEN)
    return broken[np.argsort(off[broken], kind="stable")]
