"""Names of files: measure, units, filter and build, and the mark of simulated data."""

from __future__ import annotations

import re
from typing import Final

from metrics.result import Result

LONGEST: Final = 80
SIMULATED: Final = "_DATA-SIMULASI"


def file_name(result: Result, build_id: str, ending: str) -> str:
    """Name of a file with an answer; simulated data say so."""
    chosen = [f"{key}-{value}" for key, value in result.selection.as_query().items()]
    parts = [result.definition.metric_id, result.by, result.period, *filter(None, [result.group]), *chosen]
    view = "_".join(re.sub(r"[^A-Za-z0-9]+", "-", part) for part in parts)[:LONGEST].strip("-_")
    return f"netra_{view}_{build_id}{SIMULATED if result.is_simulated else ''}.{ending}"


def whole_name(build_id: str, *, simulated: bool) -> str:
    """Name of the package with all public data of a build."""
    return f"netra_semua-data_{build_id}{SIMULATED if simulated else ''}.zip"
