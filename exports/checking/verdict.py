"""The receipts of a package against a kept build: the numbers are asked for anew."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from errors import ContractError, WarehouseError
from exports import columns, receipt
from exports.checking.package import Package
from exports.receipt import Receipt
from metrics.answer import answer
from metrics.assemble import By
from metrics.definition import Group
from metrics.result import Periods
from settings import Settings
from warehouse import reference
from warehouse.builds import manifests
from warehouse.connection import Warehouse, open_warehouse
from warehouse.selection import Selection


@dataclass(frozen=True)
class Verified:
    """A package that is what the build says: its build, how many files and answers were compared."""

    build_id: str
    files: int
    answers: int


def verify(path: Path, settings: Settings) -> Verified:
    """Checks a package against the build that it names.

    A file that was changed, or numbers that the build does not give, are a ContractError; what is no package is a SourceError; a
    build that is not kept is a WarehouseError, after the checksums were found right.
    """
    with Package(path) as package:
        files, compared = package.check(), 0
        opened: dict[str, Warehouse] = {}
        try:
            for got, rows in package.answers():
                if receipt.content_hash(rows, got.question, got.build_id) != got.content_hash:
                    raise _differs(
                        got,
                        package.name,
                        "Baris tidak sesuai kuitansi. / Its rows are not those of the receipt.",
                    )
                _compare(got, _warehouse(got, settings, opened), package.name)
                compared += 1
        except ValueError as error:
            raise ContractError(
                "Kuitansi tidak terbaca. / The receipt cannot be read.", package.name, "Unduh sekali lagi."
            ) from error
        finally:
            for warehouse in opened.values():
                warehouse.close()
    return Verified(next(iter(opened), ""), files, compared)


def _warehouse(got: Receipt, settings: Settings, opened: dict[str, Warehouse]) -> Warehouse:
    if got.build_id not in opened:
        if gone := manifests.deleted(settings, got.build_id):
            raise WarehouseError(
                f"Bangunan {got.build_id} tanggal {gone.built_at[:10]} sudah dihapus menurut aturan penyimpanan; sidik berkas benar. / "
                "That build was deleted under the rules of retention; checksums are right.",
                "data/build", "Periksa di tempat bangunan itu disimpan. / Check where that build is kept.",
            )  # fmt: skip
        if not manifests.is_kept(settings, got.build_id):
            raise WarehouseError(
                f"Bangunan {got.build_id} tidak disimpan di sini; sidik berkas benar. / That build is not kept here; checksums are right.",
                "data/build", "Periksa di tempat bangunan itu disimpan.",
            )  # fmt: skip
        held = replace(settings, suppress_below=got.question.suppress_below)
        opened[got.build_id] = open_warehouse(held, got.build_id)
    return opened[got.build_id]


def _compare(got: Receipt, warehouse: Warehouse, name: str) -> None:
    asked = got.question
    selection, unknown = Selection.from_query(asked.selection, reference.known(warehouse, "id"))
    if unknown or reference.build(warehouse).content_hash != got.build_hash:
        raise _differs(
            got, name, "Bangunan ini bukan yang disebut kuitansi. / This is not the build of the receipt."
        )
    result = answer(
        warehouse,
        asked.metric,
        selection,
        cast("By", asked.by),
        cast("Periods", asked.period),
        cast("Group | None", asked.group),
    )
    if receipt.content_hash(columns.answered(result), asked, got.build_id) != got.content_hash:
        raise _differs(got, name, "Bangunan ini memberi angka lain. / The build gives other numbers.")


def _differs(got: Receipt, name: str, what: str) -> ContractError:
    asked = got.question
    view = ", ".join(filter(None, (asked.metric, asked.by, asked.period, asked.group)))
    return ContractError(
        f"{what} ({view})", name, "Unduh sekali lagi dari bangunan itu. / Download it again from that build."
    )
