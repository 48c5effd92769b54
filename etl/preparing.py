"""Makes sure there is a warehouse: the simulated sample where nothing is loaded, and nothing anew that is current."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from etl.building.build import build
from etl.building.publish import Manifest
from etl.cards.card import read_cards
from etl.loading.batch import load_batch
from etl.loading.session import reader_version
from etl.retention.memory import is_only_sample
from etl.sample.write import write_sample
from settings import Settings


def prepare(settings: Settings, progress: Callable[[str], None]) -> tuple[Manifest, bool]:
    """The current warehouse, built where needed; returns its manifest and whether anything was new.

    With no source loaded, or only simulated ones read by an older reader, the sample is written and loaded again. Where nothing
    but the sample was ever built here, builds of earlier versions that told it make way without a question.
    """
    settings = replace(settings, account="system")
    cards = read_cards(settings.sources)
    stale = all(card.is_simulated for card in cards) and any(
        card.reader_version != reader_version() for card in cards
    )
    if not cards or stale:
        with tempfile.TemporaryDirectory(prefix="netra-sample-") as folder:
            manifest = write_sample(Path(folder), progress=progress)
            load_batch(settings, manifest, progress)
    return build(settings, progress, is_only_sample)
