"""The printed result: rows with their budgets, as tables that read well on a terminal and in a document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

HEAD = ("What", "Measured", "Budget", "Stretch", "Verdict", "Note")


@dataclass(frozen=True)
class Row:
    """One measured number; `budget` and `stretch` are upper bounds in the same unit, None where none applies."""

    what: str
    measured: float
    unit: str = ""
    budget: float | None = None
    stretch: float | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        """`stretch`, `within` or `over`; a dash for a number without a budget."""
        if self.budget is None:
            return "–"
        if self.measured > self.budget:
            return "over"
        return "stretch" if self.stretch is not None and self.measured <= self.stretch else "within"


@dataclass(frozen=True)
class Section:
    """Rows of one part of the bench, or the reason why the part did not run."""

    title: str
    rows: tuple[Row, ...] = ()
    remark: str = ""


def as_markdown(section: Section) -> str:
    """The section as a Markdown table whose columns are padded to equal width."""
    lines = [f"## {section.title}", ""]
    if section.rows:
        lines += _table([HEAD, *(_cells(row) for row in section.rows)])
        lines.append("")
    if section.remark:
        lines += [section.remark, ""]
    return "\n".join(lines)


def number(value: float, unit: str = "") -> str:
    """Three significant digits, whole numbers from 100 on, with the unit where there is one."""
    text = f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{text} {unit}".strip()


def _cells(row: Row) -> tuple[str, ...]:
    bounds = ("" if bound is None else number(bound, row.unit) for bound in (row.budget, row.stretch))
    return (row.what, number(row.measured, row.unit), *bounds, row.verdict, row.note)


def _table(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [_line(row, widths) for row in rows]
    return [lines[0], _line(tuple("-" * width for width in widths), widths), *lines[1:]]


def _line(cells: Iterable[str], widths: list[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"
