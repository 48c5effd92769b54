"""Whether several hands did the same work: what each counted, against the others and against what was generated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SHOWN = 5


def disagreements(
    counts: Mapping[str, Mapping[str, Any]], rows: int, refused: Mapping[str, int]
) -> list[str]:
    """In what any hand differs from the file as generated or from the first hand; empty where all agree.

    What a hand does not make at all is None with it and compared with nothing.
    """
    first, expected = (
        next(iter(counts)),
        {"read": rows, "loaded": rows - sum(refused.values()), "refused": dict(refused)},
    )
    found = []
    for hand, said in counts.items():
        for name, value in {**counts[first], **expected}.items():
            if said[name] is not None and said[name] != value:
                found.append(f"{hand}, {name}: {_difference(said[name], value)}")
    return found


def _difference(said: Any, expected: Any) -> str:
    if not isinstance(said, dict):
        return f"{said} instead of {expected}"
    keys = sorted({key for key in {*said, *expected} if said.get(key) != expected.get(key)})
    shown = [f"{key} {said.get(key, 0)} instead of {expected.get(key, 0)}" for key in keys[:SHOWN]]
    return "; ".join(shown) + (f"; and {len(keys) - SHOWN} more" if len(keys) > SHOWN else "")
