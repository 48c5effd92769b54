"""The package of all public data of a build, written piece by piece: every answer that the pages show, and the public tables."""

from __future__ import annotations

import io
import itertools
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from typing import Any, BinaryIO, Final

import pyarrow.parquet as pq

from exports import columns, offer, receipt
from exports.columns import SPLIT, TYPES, Value
from exports.edition import Edition
from exports.forms import parquet, text
from exports.offer import Shape
from exports.package import archive, citation, descriptor, prose
from metrics.definition import Definition, definition
from metrics.result import Result

Ask = Callable[[str, Shape], Result]
Tell = Callable[[float], None]
RECEIPTS: Final = ("metric", *SPLIT, "rows", "content_hash")


@dataclass(frozen=True)
class PublicTable:
    """A table of the warehouse that anybody may read: its columns with types and meanings in both languages, and its rows."""

    name: str
    types: Mapping[str, str]
    keys: tuple[str, ...]
    meanings: Mapping[str, tuple[str, str]]
    rows: Sequence[Sequence[Value]]


@dataclass
class _Package:
    """What has been written so far."""

    archive: zipfile.ZipFile
    edition: Edition
    digests: dict[str, str] = field(default_factory=dict)
    resources: list[dict[str, Any]] = field(default_factory=list)
    receipts: list[tuple[Value, ...]] = field(default_factory=list)

    def put(self, name: str, pieces: Iterator[bytes], about: Mapping[str, Any] | None = None) -> None:
        self.digests[name], size = archive.add(self.archive, name, pieces)
        if about is not None:
            told = {"path": name, "bytes": size, "hash": f"sha256:{self.digests[name]}"}
            self.resources.append(descriptor.resource(told, about))


def write(sink: BinaryIO, edition: Edition, ask: Ask, tables: Sequence[PublicTable], tell: Tell) -> None:
    """Writes the ZIP; `tell` hears from 0 to 1 how much is done. The same build gives the same bytes."""
    with zipfile.ZipFile(sink, "w") as packed:
        package = _Package(packed, edition)
        asked = list(offer.everything())
        done = itertools.count(1)
        for metric_id, parts in itertools.groupby(asked, key=lambda pair: pair[0]):
            shapes = [shape for _, shape in parts]
            _answers(
                package,
                definition(metric_id),
                shapes,
                lambda m, s: _told(ask(m, s), tell, next(done) / len(asked)),
            )
        for table in tables:
            _table(package, table)
        _close(package, prose.dictionary({table.name: (table.types, table.meanings) for table in tables}))


def _told(result: Result, tell: Tell, share: float) -> Result:
    tell(share)
    return result


def _answers(package: _Package, metric: Definition, shapes: Sequence[Shape], ask: Ask) -> None:
    packed = io.BytesIO()
    types = {**dict.fromkeys(SPLIT, "string"), **TYPES}
    keys = (*SPLIT, *columns.KEYS)
    about = {"type": "table", "schema": descriptor.schema(types=types, keys=keys)}
    with pq.ParquetWriter(packed, parquet.schema(types, {"build": package.edition.build.build_id})) as out:
        lines = text.pieces(itertools.chain([tuple(types)], _rows(package, metric, shapes, ask, out)))
        package.put(f"data/{metric.metric_id}.csv", lines, about)
    rows = {"type": "table", "schema": descriptor.loose(types, keys)}
    package.put(f"data/{metric.metric_id}.parquet", iter([packed.getvalue()]), rows)


def _rows(
    package: _Package, metric: Definition, shapes: Sequence[Shape], ask: Ask, out: pq.ParquetWriter
) -> Iterator[tuple[Value, ...]]:
    for shape in shapes:
        result = ask(metric.metric_id, shape)
        rows = columns.of(result, package.edition.suppress_below)
        split: dict[str, list[Value]] = {
            name: [value] * len(rows["unit_id"])
            for name, value in zip(SPLIT, (shape.by, shape.period, shape.group or ""), strict=True)
        }
        got = receipt.of(result, package.edition)
        package.receipts.append(
            (metric.metric_id, *(part or "" for part in astuple(shape)), got.rows, got.content_hash)
        )
        out.write_table(parquet.table({**split, **rows}, out.schema))
        yield from zip(*split.values(), *rows.values(), strict=True)


def _table(package: _Package, table: PublicTable) -> None:
    lines = text.pieces(itertools.chain([tuple(table.types)], table.rows))
    about = {
        "type": "table",
        "schema": descriptor.schema(types=table.types, keys=table.keys, meanings=table.meanings),
    }
    package.put(f"tables/{table.name}.csv", lines, about)


def _close(package: _Package, meanings: bytes) -> None:
    edition = package.edition
    title = descriptor.both("exports.whole.title")
    short = f"{edition.build.build_id}:{edition.build.content_hash[: receipt.SHOWN]}"
    package.put("kuitansi.csv", text.pieces([RECEIPTS, *package.receipts]), {"type": "table"})
    package.put("kamus.csv", iter([meanings]), {"type": "table"})
    package.put("sumber.csv", iter([prose.sources(edition)]), {"type": "table"})
    about: dict[str, Any] = {
        "simulated": edition.build.is_simulated,
        "name": "netra-semua-data",
        "id": short,
        "title": title,
        "description": descriptor.both("exports.whole.what"),
    }

    build = edition.build
    told = receipt.Whole(build.build_id, build.content_hash, edition.day, edition.suppress_below)
    last = {
        "bangunan.json": told.as_json(),
        "datapackage.json": descriptor.descriptor(edition, about, package.resources),
        "CITATION.cff": citation.cff(edition, f"Netra Kalimantan: {title}", short),
        "LISENSI-LICENCE.txt": citation.licence(None),
        **{prose.README[lang]: prose.whole(lang, edition, tuple(package.digests)) for lang in prose.README},
    }
    for name, content in last.items():
        package.put(name, iter([content]))
    archive.add(package.archive, archive.SUMS, [archive.sums(package.digests)])
