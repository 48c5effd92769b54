"""The package of one answer: all its forms, and everything that must go with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from exports import columns, receipt
from exports.edition import Edition, Twin
from exports.forms import places, text
from exports.package import archive, citation, descriptor, prose, reproduction
from exports.receipt import Receipt
from exports.rendered import FORMS
from language import LANGUAGES
from metrics.result import Result

TABLES: Final = {"id": "tabel.csv", "en": "table.csv"}


def zipped(result: Result, edition: Edition, twins: Mapping[str, Twin]) -> bytes:
    """The ZIP of an answer and of its table as shown in each language; the same answer of the same build gives the same bytes."""
    return archive.zipped(files(result, edition, twins))


def files(result: Result, edition: Edition, twins: Mapping[str, Twin]) -> dict[str, bytes]:
    """The contents of the ZIP by name."""
    got, rows = receipt.of(result, edition), columns.of(result, edition.suppress_below)
    found = {
        form.file: form.make(result, edition, rows)
        for form in FORMS.values()
        if form.levels is None or result.by in form.levels
    }
    found |= {TABLES[lang]: text.rows_of(twins[lang].head, twins[lang].rows) for lang in LANGUAGES}
    found |= {"kamus.csv": prose.dictionary(), "sumber.csv": prose.sources(edition)}
    about = _about(result, edition, got)
    example = reproduction.example(rows)
    found |= {
        "datapackage.json": descriptor.of(edition, about, found, _schemas()),
        "kuitansi.json": got.as_json(),
        "CITATION.cff": citation.cff(edition, f"Netra Kalimantan: {about['title']}", got.short),
        "LISENSI-LICENCE.txt": citation.licence(places.attribution() if result.by in places.LEVELS else None),
        "METODE-METHOD.txt": prose.method(result, edition),
        "reproduce.py": reproduction.python(result.definition, example),
        "reproduce.R": reproduction.r(result.definition, example),
    }
    readmes = {
        prose.README[lang]: prose.readme(lang, result, edition, got, tuple(found)) for lang in LANGUAGES
    }
    return {**readmes, **found}


def _schemas() -> dict[str, dict[str, Any]]:
    plain = {"schema": descriptor.schema()}
    return {
        "data.csv": plain,
        "data-excel.csv": {"schema": descriptor.schema(","), "dialect": {"delimiter": ";"}},
        "data.xlsx": plain,
        "data.parquet": {"schema": descriptor.loose()},
    }


def _about(result: Result, edition: Edition, got: Receipt) -> dict[str, Any]:
    title = result.definition.title
    filters = dict.fromkeys(result.selection.describe(w, edition.known[w.lang]) for w in edition.readers())
    return {
        "name": f"netra-{result.definition.metric_id.replace('_', '-')}",
        "id": got.short,
        "title": f"{title.id} / {title.en}",
        "description": " / ".join(filters),
        "simulated": result.is_simulated,
    }
