"""Which system of region codes a file uses: declared by the operator, else what the named cells of the file itself show."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from errors import ContractError
from etl.meaning.regions import CODE_COLUMNS, name_of, read_regions, region_of_name

WRITTEN_CODE = re.compile(r"(?<![\d.])(\d{2})(?:\.(\d{2}|\d(?!\d))|(\d{2}))?(?!\d)")
"""6402, 64.02, and 63.1 as a spreadsheet leaves 63.10."""
SYSTEMS = tuple(CODE_COLUMNS)


@dataclass(frozen=True)
class CodeReading:
    """How the cells of a file are read: `region(text)`, the system of bare codes (None where none is needed), doubts."""

    region: Callable[[str], str | None]
    system: str | None
    warnings: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class _Cell:
    """A written cell: how many rows hold it, the region that its words name, and the code in it."""

    rows: int
    named: str | None
    code: str | None


@cache
def _known(system: str) -> dict[str, str]:
    return {region[CODE_COLUMNS[system]]: region["code"] for region in read_regions()}


def _meanings(code: str, systems: tuple[str, ...] = SYSTEMS) -> dict[str, str]:
    """What a code means in each of the systems that know it."""
    return {system: _known(system)[code] for system in systems if code in _known(system)}


def _read_cell(text: str, rows: int) -> _Cell:
    words = re.sub(r"\d[\d.]*", " ", text)
    found = WRITTEN_CODE.findall(re.sub(r"\.0$", "", text.strip()))
    codes = {province + (dotted.ljust(2, "0") if dotted else joined) for province, dotted, joined in found}
    known = sorted(code for code in codes if _meanings(code))
    named = region_of_name(words) if words.strip() else None
    # Two digits among unknown words are a house number or a count, not a province.
    is_code = len(known) == 1 and (named or len(known[0]) == 4 or not re.search(r"[A-Za-z]", words))
    return _Cell(rows, named, known[0] if is_code else None)


def read_codes(written: Mapping[str, int], declared: str | None, where: str) -> CodeReading:
    """How to read cells that hold a name, a code, or both; a name always wins over a number.

    `written` counts the rows of every distinct cell. A bare code is read in the declared system, else in the one that more
    than half of the cells with name and code show, else only where all systems mean the same region by it. Where they do
    not, it is a ContractError that asks for the system.
    """
    if declared and declared not in SYSTEMS:
        raise ContractError(
            f"Sistem kode '{declared}' tidak dikenal. / Unknown code system.",
            where,
            f"Pakai {', '.join(SYSTEMS)}.",
        )
    cells = {text: _read_cell(text, rows) for text, rows in written.items()}
    shown = _shown_by_names(cells)
    system = declared or (shown[0] if len(shown) == 1 else None)
    bare = sorted({cell.code for cell in cells.values() if cell.code and not cell.named})
    candidates = (system,) if system else shown or SYSTEMS
    if not system:
        _refuse_ambiguous(bare, candidates, where)
    read = {code: next(iter(_meanings(code, candidates).values()), None) for code in bare}

    def region(text: str) -> str | None:
        cell = cells.get(text) or _read_cell(text, 1)
        return cell.named or (read.get(cell.code) if cell.code else None)

    return CodeReading(region, system if bare or declared else None, _doubts(cells, system, shown))


def _shown_by_names(cells: Mapping[str, _Cell]) -> tuple[str, ...]:
    """The systems that agree with more than half of the cells in which name and code stand together."""
    votes = dict.fromkeys(SYSTEMS, 0)
    total = 0
    for cell in cells.values():
        if cell.named and cell.code:
            total += cell.rows
            for system, region in _meanings(cell.code).items():
                votes[system] += cell.rows if region == cell.named else 0
    most = max(votes.values())
    return tuple(system for system in SYSTEMS if votes[system] == most) if most * 2 > total else ()


def _refuse_ambiguous(bare: list[str], systems: tuple[str, ...], where: str) -> None:
    meanings = {code: _meanings(code, systems) for code in bare}
    meanings = {code: found for code, found in meanings.items() if found}
    unclear = {code: found for code, found in meanings.items() if len(set(found.values())) > 1}
    if not unclear and any(all(system in found for found in meanings.values()) for system in systems):
        return
    if not meanings:
        return
    told = "; ".join(
        f"{code}: " + ", ".join(f"{system} = {name_of(region)}" for system, region in found.items())
        for code, found in list((unclear or meanings).items())[:3]
    )
    raise ContractError(
        "Kode wilayah tanpa nama tidak pasti artinya dan berkas tidak menunjukkan sistemnya. "
        f"/ Bare region codes are ambiguous and nothing in the file tells the system ({told}).",
        where,
        "Sebutkan --code-system kemendagri, bps atau bkn, atau tulis nama daerah di samping kodenya. "
        "/ Give --code-system, or write the names beside the codes.",
    )


def _doubts(cells: Mapping[str, _Cell], system: str | None, shown: tuple[str, ...]) -> dict[str, int]:
    """Rows whose code is another region than their name, and whether most of the file speaks against the system."""
    if system is None:
        return {}
    against = sum(
        cell.rows
        for cell in cells.values()
        if cell.named and cell.code and _known(system).get(cell.code) != cell.named
    )
    found = {"code_contradicts_name": against}
    if shown and system not in shown:
        found["code_system_doubtful"] = against
    return {name: rows for name, rows in found.items() if rows}
