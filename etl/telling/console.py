"""Speaks to a person at a terminal: tables, progress, and errors without internals."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.table import Table
from rich.text import Text

from errors import AppError
from etl.cards.card import Card
from etl.loading.report import Report
from etl.telling.log import log
from etl.telling.teller import Fact, Steps, explained
from language import words

PIPE_WIDTH = 260
SHOWN = 10
VERDICTS = {
    "match": "cocok / match",
    "mismatch_accepted": "beda, diterima / accepted",
    "none": "tidak dinyatakan / none",
}


class Terminal:
    """A Teller for people."""

    def __init__(self) -> None:
        self.out = Console(highlight=False, width=None if sys.stdout.isatty() else PIPE_WIDTH)
        self.err = Console(stderr=True, highlight=False)

    @contextmanager
    def steps(self, title: str) -> Iterator[Steps]:
        """A spinner on a terminal and one log line per step."""
        with self.err.status(title) as status:

            def tell(step: str) -> None:
                log.info("%s %s", title, step)
                status.update(Text(f"{title}: {step}"))

            yield tell

    def table(self, title: str, headings: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Prints a table; cells are shown as they are, never as markup."""
        table = Table(title=Text(title), title_justify="left", show_edge=False, pad_edge=False)
        for place, heading in enumerate(headings):
            table.add_column(Text(heading), overflow="fold", no_wrap=place == 0)
        for row in rows:
            table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
        self.out.print(table)

    def understood(self, report: Report) -> None:
        """Which column was taken for what, what was counted, what is refused and doubtful, before anything is written."""
        card, header = report.card, report.understood.header
        self.table(
            f"Yang dipahami / understood: {card.file_name}",
            ["Bidang / field", "Kolom / column"],
            [
                *card.columns.items(),
                *(("(tidak dibaca / not read)", ", ".join(header.unused)[:600]) for _ in header.unused[:1]),
                *(
                    ("(lembar lain / other sheets)", ", ".join(report.understood.other_sheets))
                    for _ in report.understood.other_sheets[:1]
                ),
            ],
        )
        self.table(card.source_id, ["", ""], _numbers(card))
        said = words("id")
        self._list("Ditolak / refused", ["baris", "kolom", "nilai", "alasan"],
                   [(r.row_number, r.column_name, r.masked_value, said(explained(r.rule))) for r in report.refused[:SHOWN]])  # fmt: skip
        self._list("Peringatan / warnings", ["baris pertama", "banyaknya", "peringatan"],
                   [(w.first_row, w.rows, said(explained(w.rule))) for w in report.warnings])  # fmt: skip
        self._list("Bukan data / not data", ["baris pertama", "banyaknya", "jenis"],
                   [(s.first_row, s.rows, said(f"skipped.{s.kind}")) for s in report.skipped])  # fmt: skip

    def _list(self, title: str, headings: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        if rows:
            self.table(title, headings, rows)

    def done(self, sentence: str, facts: Mapping[str, Fact]) -> None:
        """The sentence."""
        self.out.print(Text(sentence))

    def error(self, fault: AppError) -> None:
        """What happened, where, and the cure."""
        self.err.print(Text.assemble((f"{fault.where or 'netra'}: ", "bold"), fault.what), soft_wrap=True)
        if fault.cure:
            self.err.print(Text(f"→ {fault.cure}"), soft_wrap=True)


def _numbers(card: Card) -> list[tuple[str, object]]:
    return [
        ("bentuk / form", f"{card.form}{f', {card.sheet}' if card.sheet else ''}"),
        ("dibaca / rows read", card.rows_read),
        ("dimuat / loaded", card.rows_loaded),
        ("ditolak / refused", card.rows_rejected),
        ("bukan data / not data", card.rows_skipped),
        ("PNS aktif / active", card.pns_active),
        ("PPPK aktif / active", card.pppk_active),
        ("jumlah kendali / control totals", VERDICTS[card.control_verdict]),
        (
            "peringatan / warnings",
            ", ".join(f"{name} {count}" for name, count in card.warnings.items()) or "-",
        ),
        *([("sistem kode / code system", card.code_system)] if card.code_system else []),
        *card.counted.items(),
        ("perangkat daerah tak dikenal / unknown agencies", _unknown(card)),
        ("simulasi / simulated", "ya / yes" if card.is_simulated else "tidak / no"),
    ]


def _unknown(card: Card) -> str:
    return f"{card.unknown_agencies}; lihat / see: python -m etl agencies" if card.unknown_agencies else "-"
