"""Answers over the example warehouse, and what files say of its build."""

from dataclasses import replace

import pytest

from exports.edition import Edition, Twin
from language import LANGUAGES
from metrics.answer import answer
from warehouse import reference
from warehouse.selection import Selection

CHOSEN = Selection(provinces=("64",), elections=("PILKADA2024",))
TWINS = {lang: Twin(("unit",), (("Samarinda",),)) for lang in LANGUAGES}


@pytest.fixture(scope="session")
def edition(warehouse):
    known = {lang: reference.known(warehouse, lang) for lang in LANGUAGES}
    build = replace(reference.build(warehouse), built_at="2024-12-01T07:00:00Z")
    return Edition(build, reference.sources(warehouse), known, warehouse.suppress_below)


@pytest.fixture(scope="session")
def result(warehouse):
    return answer(warehouse, "alleged_rate", CHOSEN, "government")
