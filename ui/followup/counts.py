"""Counts of the follow-up clock in words, and what is said where none is published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from language import Words, is_missing
from metrics.followup.standing import Count


def count(w: Words, n: Count | None) -> str:
    """A count: one number, a range, or a dash where it is not published."""
    if n is None or n.most is None:
        return w("followup_published.more", n=n.least) if n and n.least else w.number(None)
    return w.number(n.least) if n.least == n.most else w.span(n.least, n.most, 0)


def rounded(w: Words, n: Any, k: int) -> str:
    """A rounded count, or the range of one that is not told."""
    return w.span(1, k - 1, 0) if is_missing(n) else w.number(n)


def range_of(row: Mapping[Any, Any], least: str, most: str) -> Count:
    """The count of a row of a frame, whose missing `most` is open."""
    return Count(int(row[least]), None if is_missing(row[most]) else int(row[most]))


def unpublished(w: Words, hindering: Sequence[str]) -> str:
    """That something is not published at this detail, and which filters to take away."""
    if not hindering:
        return w("followup_published.base")
    names = [w(f"followup_published.filter.{name}") for name in hindering]
    return w("followup_published.take_away", filters=w.listed(names))
