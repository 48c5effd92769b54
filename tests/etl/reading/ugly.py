"""What an ugly file is, and what Netra says to it: the table of docs/ugly_files.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from errors import AppError
from etl.loading.report import Report
from etl.loading.roster import RosterRequest, load_roster
from etl.loading.session import Session
from etl.reading.headers import read_mapping
from language import words
from tests.etl.files import HEADER, nip, person

SNAPSHOT = date(2024, 11, 30)
PEOPLE = tuple(person(nip(serial)) for serial in (1, 2, 3))
ROWS = (HEADER, *PEOPLE)
LOADED_3 = "dimuat 3"
LONGEST = 230


@dataclass(frozen=True)
class Ugly:
    """One ugly file: its name, what is wrong with it, who writes it, and what must be said of it."""

    file: str
    wrong: str
    write: Callable[[Path], object]
    says: str | Sequence[str] = LOADED_3
    code: int = 0
    wish: Mapping[str, object] = field(default_factory=dict)

    @property
    def expected(self) -> tuple[str, ...]:
        """Every part that must be said."""
        return (self.says,) if isinstance(self.says, str) else tuple(self.says)


def outcome(session: Session, case: Ugly, folder: Path) -> tuple[int, str]:
    """Exit code and the Indonesian part of what is said when the file is loaded."""
    path = folder / case.file
    case.write(path)
    heard: list[Report] = []
    wish = dict(case.wish)
    try:
        mapping = read_mapping(wish.pop("map", []), "roster")
        request = RosterRequest(path, "6408", SNAPSHOT, mapping=mapping, **wish)
        load_roster(session, request, heard.append)
    except AppError as fault:
        said = f"{_indonesian(fault.what)} → {fault.cure}" if fault.cure else _indonesian(fault.what)
        return fault.exit_code, f"{fault.where}: {said}"
    return 0, _told(heard[-1])


def _indonesian(text: str) -> str:
    """The part before the English one; both languages stand in one sentence, parted by a slash."""
    return text.split(" / ", maxsplit=1)[0].strip()


def _told(report: Report) -> str:
    said = words("id")
    parts = [f"dimuat {report.card.rows_loaded}"]
    parts += [
        f"ditolak baris {row.row_number} ({row.column_name}): {said(f'rule.{row.rule}')}"
        for row in report.refused[:2]
    ]
    parts += [
        f"peringatan {w.rows}, pertama baris {w.first_row}: {said(f'rule.{w.rule}')}" for w in report.warnings
    ]
    parts += [
        f"bukan data {s.rows}, pertama baris {s.first_row}: {said(f'skipped.{s.kind}')}"
        for s in report.skipped
    ]
    if report.understood.other_sheets:
        parts.append(f"lembar lain: {', '.join(report.understood.other_sheets)}")
    return "; ".join(parts)


def as_markdown(told: Iterable[tuple[Ugly, int, str]]) -> str:
    """The table for readers."""
    lines = [
        "# Berkas jelek dan jawaban Netra / Ugly files and what Netra says",
        "",
        "Written by `tests/etl/reading/test_ugly_files.py`, which makes and loads every file of this list; run it with",
        "`NETRA_WRITE_DOCS=1` to write the page anew. Do not edit here.",
        "",
        "| File | What is wrong with it | What Netra says | Exit |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| `{_cell(case.file)}` | {_cell(case.wrong)} | {_cell(said)} | {code} |"
        for case, code, said in told
    ]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    plain = text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;").replace("`", "'")
    return plain if len(plain) <= LONGEST else plain[:LONGEST].rsplit(" ", 1)[0] + " …"
