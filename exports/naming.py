"""Names of files: measure, units, filter and build, and the mark of simulated data."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Final

from metrics.result import Result

LONGEST: Final = 80
_MARK: Final = 8
SHEETS: Final = {"id": "lembar-fakta", "en": "fact-sheet"}
SIMULATED: Final = "_DATA-SIMULASI"


def file_name(result: Result, build_id: str, ending: str) -> str:
    """Name of a file with an answer; simulated data say so."""
    chosen = [f"{key}-{value}" for key, value in result.selection.as_query().items()]
    parts = [result.definition.metric_id, result.by, result.period, *filter(None, [result.group]), *chosen]
    return f"netra_{_plain(parts)}_{build_id}{SIMULATED if result.is_simulated else ''}.{ending}"


def whole_name(build_id: str, *, simulated: bool) -> str:
    """Name of the package with all public data of a build."""
    return f"netra_semua-data_{build_id}{SIMULATED if simulated else ''}.zip"


def sheet_name(lang: str, parts: Sequence[str], build_id: str, *, simulated: bool) -> str:
    """Name of a fact sheet of a place and of what else is selected."""
    return f"netra_{SHEETS[lang]}_{_plain(parts)}_{build_id}{SIMULATED if simulated else ''}.pdf"


def _plain(parts: Sequence[str]) -> str:
    """The parts as a name; of a long one the beginning, and a mark of the whole, so that another selection has another name."""
    whole = "_".join(re.sub(r"[^A-Za-z0-9]+", "-", part).strip("-") for part in parts)
    if len(whole) <= LONGEST:
        return whole
    mark = hashlib.sha256(whole.encode()).hexdigest()[:_MARK]
    return f"{whole[: LONGEST - _MARK - 1].strip('-_')}-{mark}"
