"""The phases of an election as days relative to voting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

PHASES: Final = (
    "before_candidates_set",
    "candidates_set",
    "campaign",
    "quiet",
    "voting",
    "after_voting",
    "unknown",
)


def bands(election: Mapping[str, Any]) -> dict[str, tuple[int, int] | None]:
    """First and last day of every phase relative to voting (day 0), by the dates that decide the phase of a case.

    `election` is a row of core_election. None where a date is not known, and for the phase that is not known.
    """
    voting = election["voting_on"]
    names = ("window_start_on", "candidate_set_on", "campaign_start_on", "quiet_start_on")
    start, settled, campaign, quiet = (
        (election[name] - voting).days if election[name] else None for name in names
    )
    end = (election["window_end_on"] - voting).days
    edges = {
        "before_candidates_set": (start, None if settled is None else settled - 1),
        "candidates_set": (settled, None if campaign is None else campaign - 1),
        "campaign": (campaign, None if quiet is None else quiet - 1),
        "quiet": (quiet, -1),
        "voting": (0, 0),
        "after_voting": (1, end),
        "unknown": (None, None),
    }
    assert tuple(edges) == PHASES, "phases in their order"
    return {
        name: (first, last) if first is not None and last is not None and first <= last else None
        for name, (first, last) in edges.items()
    }
