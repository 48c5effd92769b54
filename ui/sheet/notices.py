"""What stands over a sheet of another build than the current one: that there is a newer one, and what has been corrected since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from language import Words
from metrics.result import Result
from ui import results
from ui.access import run
from ui.downloading import receipts
from ui.frame import edition
from warehouse.connection import current_version
from warehouse.corrections import Correction, Shown, touching


def notices(w: Words, shown: Sequence[Result]) -> list[str]:
    """The lines for the answers of a sheet, as pages of an older build have them; none where the build is the current one.

    They come from the current build, so a sheet that is asked for again changes when there is a newer build or a correction.
    """
    build = results.build()
    if results.version() == current_version(run.chosen()):
        return []
    lines = [w("sheet.older", build=build.build_id, moment=edition.moment(w, build))]
    found = {one.correction_id: one for answer in shown for one in _touching(answer)}
    for one in sorted(found.values(), key=lambda one: (one.published_on, one.correction_id), reverse=True):
        lines.append(w("sheet.corrected", number=one.correction_id, title=one.text("title", w.lang)))
    return lines


def _touching(answer: Result) -> tuple[Correction, ...]:
    got, chosen = receipts.of(answer), answer.selection
    shown = Shown(
        got.build_id,
        date.fromisoformat(made[:10]) if (made := results.build().built_at) else None,
        got.short,
        figures=frozenset({answer.definition.metric_id}),
        regions=frozenset({*chosen.provinces, *chosen.governments}),
        elections=frozenset(chosen.elections),
    )
    return touching(results.latest(), shown)
