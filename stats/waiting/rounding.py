"""The rule of small numbers for what stands below a curve: counts are rounded, small ones are not told.

Those counts are linked from day to day and with the total, so that withheld ones could be computed from their neighbours: counts
from 1 to k-1 are withheld and all others told as the nearest multiple of k. How many persons stand at which stage is not told by
this rule: the protected table has those counts, or their ranges.
"""

from __future__ import annotations


def told(count: int, k: int) -> int | None:
    """The count as it may be told: 0, the nearest multiple of k (halves upwards), or None for 1 to k-1."""
    assert count >= 0 and k >= 1, "a count and a threshold"
    if 0 < count < k:
        return None
    return k * ((2 * count + k) // (2 * k))
