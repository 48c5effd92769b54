"""What the package says in sentences: README in both languages, the method, the dictionary and the sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final
from urllib.parse import urlencode

from exports import columns
from exports.edition import Edition
from exports.forms import text
from exports.receipt import Receipt
from language import LANGUAGES, Words, words
from metrics.definition import definition
from metrics.result import Result

README: Final = {"id": "BACA-SAYA.txt", "en": "README.txt"}


def readme(lang: str, result: Result, edition: Edition, receipt: Receipt, files: Sequence[str]) -> bytes:
    """Filter in words, address, build, receipt, files, licence, and the mark of simulated data."""
    w, metric, build = words(lang), result.definition, edition.build
    top = edition.suppress_below - 1
    told = [
        w("download.readme.title", metric=metric.title.of(lang)),
        w("download.readme.simulated") if result.is_simulated else "",
        w("download.readme.question", text=metric.question.of(lang)),
        w("download.readme.selection", text=result.selection.describe(w, edition.known[lang])),
        w("download.readme.shape", by=w(f"exports.by.{result.by}")),
        w("download.readme.address", path=address(result, receipt)),
        w("download.readme.build", build=build.build_id, as_of=build.as_of, hash=build.content_hash),
        w("exports.receipt.line", receipt=receipt.short, day=receipt.day, hash=receipt.content_hash),
        w("download.readme.formula", text=metric.formula.of(lang)),
        w("download.readme.limits", text=metric.limits.of(lang)),
        "\n".join([w("download.readme.caveats"), *(f"- {w(f'caveat.{code}')}" for code in result.caveats)]),
        w("download.readme.suppression", top=top),
        w("exports.inert"),
        "\n".join([w("download.readme.files"), *(f"- {name}: {_file(w, name)}" for name in files)]),
        w("download.readme.licence", build=build.build_id),
    ]
    return _lines(told)


def whole(lang: str, edition: Edition, files: Sequence[str]) -> bytes:
    """What the package of all data holds."""
    w, build = words(lang), edition.build
    told = [
        w("exports.whole.title"),
        w("download.readme.simulated") if build.is_simulated else "",
        w("exports.whole.what"),
        w("exports.whole.rows"),
        w("download.readme.build", build=build.build_id, as_of=build.as_of, hash=build.content_hash),
        w("exports.whole.receipts"),
        w("download.readme.suppression", top=edition.suppress_below - 1),
        w("exports.zeros"),
        w("exports.inert"),
        "\n".join([w("download.readme.files"), *(f"- {name}: {_in_whole(lang, name)}" for name in files)]),
        w("download.readme.licence", build=build.build_id),
    ]
    return _lines(told)


def _in_whole(lang: str, name: str) -> str:
    folder, _, file = name.rpartition("/")
    stem, _, ending = file.rpartition(".")
    if folder == "data":
        return f"{definition(stem).title.of(lang)} ({ending.upper()})"
    return words(lang)("exports.whole.table") if folder else _file(words(lang), file)


def method(result: Result, edition: Edition) -> bytes:
    """How the numbers are made and what they cannot say, in both languages."""
    told = []
    for lang in LANGUAGES:
        w, metric = words(lang), result.definition
        told += [
            f"{metric.title.of(lang)} ({result.unit(lang)})",
            metric.description.of(lang),
            w("download.readme.formula", text=metric.formula.of(lang)),
            w("exports.interval", method=w(f"exports.methods.{metric.interval}")),
            w("download.readme.limits", text=metric.limits.of(lang)),
            w("exports.zeros"),
            w("download.readme.suppression", top=edition.suppress_below - 1),
            "\n".join(f"- {state}: {w(f'exports.state.{state}')}" for state in columns.STATES),
        ]
    return _lines(told)


def address(result: Result, receipt: Receipt) -> str:
    """The view of the answer in the app, of this build."""
    asked = {
        "ukuran": result.definition.metric_id, "tingkat": result.by, "masa": result.period,
        **({"kelompok": result.group} if result.group else {}),
        **result.selection.as_query(), "bangunan": receipt.build_id, "kuitansi": receipt.short,
    }  # fmt: skip
    return f"/unduh?{urlencode(asked)}"


def dictionary(
    tables: Mapping[str, tuple[Mapping[str, str], Mapping[str, tuple[str, str]]]] | None = None,
) -> bytes:
    """Every column with its type, and what it means in both languages; `tables` are others than answers."""
    head = ("table", "column", "type", *(f"meaning_{lang}" for lang in LANGUAGES), "allowed")
    split = {} if tables is None else dict.fromkeys(columns.SPLIT, "string")
    rows = [
        (
            "data",
            name,
            kind,
            *(words(lang)(f"download.columns.{name}") for lang in LANGUAGES),
            " ".join(columns.ALLOWED.get(name, ())),
        )
        for name, kind in {**split, **columns.TYPES}.items()
    ]
    for table, (types, meanings) in (tables or {}).items():
        rows += [(table, name, kind, *meanings[name], "") for name, kind in types.items()]
    return text.rows_of(head, rows)


def sources(edition: Edition) -> bytes:
    """The loaded files with their checksums and control totals."""
    rows: list[dict[str, Any]] = [asdict(source) for source in edition.sources]
    head = tuple(rows[0]) if rows else ("source_id",)
    return text.rows_of(head, [tuple(row.values()) for row in rows])


def _file(w: Words, name: str) -> str:
    return w(f"exports.files.{name.replace('.', '_').replace('-', '_').lower()}")


def _lines(told: list[str]) -> bytes:
    return ("\r\n\r\n".join(part.replace("\n", "\r\n") for part in told if part) + "\r\n").encode("utf-8-sig")
