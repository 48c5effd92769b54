"""Speaks to a program: one JSON object per line on standard output, each with a key "event"."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from errors import AppError
from etl.loading.report import Report
from etl.reading.books.workbook import SheetChoiceError
from etl.telling.log import log
from etl.telling.teller import Fact, Steps, explained
from language import words

SHOWN_ON_CARD = (
    "source_id", "kind", "government_code", "publisher", "file_name", "sha256", "as_of", "form", "sheet", "rows_read", "rows_loaded",
    "rows_rejected", "rows_skipped", "pns_active", "pppk_active", "expect_pns", "expect_pppk", "control_verdict", "unknown_agencies",
    "is_simulated",
)  # fmt: skip


class Events:
    """A Teller for programs."""

    def _say(self, event: str, **facts: object) -> None:
        sys.stdout.write(json.dumps({"event": event, **facts}, ensure_ascii=False) + "\n")
        sys.stdout.flush()

    @contextmanager
    def steps(self, title: str) -> Iterator[Steps]:
        """An event per step."""

        def tell(step: str) -> None:
            log.info("%s %s", title, step)
            self._say("step", title=title, step=step)

        yield tell

    def understood(self, report: Report) -> None:
        """The card, the columns, the refused rows, the warnings and what is no data."""
        indonesian, english = words("id"), words("en")
        card = report.card.model_dump(mode="json")

        def said(rule: str) -> dict[str, str]:
            return {"message_id": indonesian(explained(rule)), "message_en": english(explained(rule))}

        self._say(
            "understood",
            card={name: card[name] for name in SHOWN_ON_CARD},
            columns=[{"field": name, "column": column} for name, column in report.card.columns.items()],
            refused=[row._asdict() | said(row.rule) for row in report.refused],
            warnings=[row._asdict() | said(row.rule) for row in report.warnings],
            skipped=[row._asdict() for row in report.skipped],
        )

    def done(self, sentence: str, facts: Mapping[str, Fact]) -> None:
        """The facts of the end."""
        self._say("done", **facts)

    def table(self, title: str, headings: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """A list, a record per row."""
        self._say(title, **{title: [dict(zip(headings, row, strict=True)) for row in rows]})

    def error(self, fault: AppError) -> None:
        """The error with its cure and, where a sheet is to be chosen, the choices."""
        choices = {"choices": {"sheets": list(fault.sheets)}} if isinstance(fault, SheetChoiceError) else {}
        self._say(
            "error", what=fault.what, where=fault.where, cure=fault.cure, exit_code=fault.exit_code, **choices
        )
