"""The buttons that give files: an answer as a package, a table as shown as CSV."""

from __future__ import annotations

from typing import Final

import streamlit as st

from exports import columns, naming
from exports.edition import Edition, Twin
from exports.forms import text
from exports.package import answer
from exports.rendered import FORMS
from language import LANGUAGES, Words, words
from metrics.result import Result
from ui import results
from ui.showing import tables
from ui.showing.tables import Table

PACKAGE: Final = "zip"


def button(w: Words, result: Result, form: str = PACKAGE) -> None:
    """The button that makes and gives an answer in one form, made when it is asked for, with its name and number of rows."""
    name = file_name(result, form)
    st.download_button(
        w("downloads.give", form=w(f"downloads.forms.{form.replace('.', '_')}")), data=lambda: made(result, form),
        file_name=name, mime=media(form), on_click="ignore",
    )  # fmt: skip
    st.markdown(f"`{name}` · {w('downloads.rows', n=len(result.columns['unit_id']))}")


def size(w: Words, weight: int) -> str:
    """A size in bytes, in kilobytes or megabytes."""
    unit, share = ("MB", 1_000_000) if weight >= 1_000_000 else ("kB", 1_000)
    return f"{w.number(weight / share, 1)} {unit}"


def made(result: Result, form: str) -> bytes:
    """The file of an answer."""
    if form == PACKAGE:
        return archive(result)
    return FORMS[form].make(result, edition(), columns.of(result, results.suppress_below()))


def media(form: str) -> str:
    """Media type of a form."""
    return FORMS[form].media if form in FORMS else "application/zip"


def table(w: Words, shown: Table, name: str) -> None:
    """The button that gives a table as shown as CSV; simulated data say so in the name."""
    mark = naming.SIMULATED if any(w("ui.simulated") in row for row in shown.rows) else ""
    st.download_button(
        w("ui.table.download"), data=lambda: as_csv(shown),
        file_name=f"netra_{name}_{results.build().build_id}{mark}.csv", mime="text/csv", on_click="ignore",
    )  # fmt: skip


def as_csv(shown: Table) -> bytes:
    """The rows of a table as shown, its days with plain hyphens, for any spreadsheet; of a link its address."""
    plain = [[cell.replace("\N{NON-BREAKING HYPHEN}", "-") for cell in row] for row in twin(shown).rows]
    return "\N{ZERO WIDTH NO-BREAK SPACE}".encode() + text.rows_of(shown.head, plain)


def file_name(result: Result, form: str = PACKAGE) -> str:
    """Name of a file with measure, unit, filter and data number; simulated data say so."""
    return naming.file_name(result, results.build().build_id, form)


def archive(result: Result) -> bytes:
    """The package of an answer; the same answer of the same build gives the same bytes."""
    return answer.zipped(result, edition(), twins(result))


def edition() -> Edition:
    """What files of this run's build say of it."""
    known = {lang: results.known(lang) for lang in LANGUAGES}
    return Edition(results.build(), results.sources(), known, results.suppress_below())


def twins(result: Result) -> dict[str, Twin]:
    """The table of an answer as shown in each language."""
    return {lang: twin(tables.of_result(words(lang), result)) for lang in LANGUAGES}


def twin(shown: Table) -> Twin:
    """A table as plain text; of a link its address."""
    rows = tuple(tuple(c if isinstance(c, str) else c.address for c in row) for row in shown.rows)
    return Twin(shown.head, rows)
