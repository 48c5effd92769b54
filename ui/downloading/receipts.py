"""The receipt of an answer as readers meet it: under its explanation, on the page of downloads, and in an address."""

from __future__ import annotations

from collections.abc import Mapping

from exports import receipt
from exports.package import prose
from exports.receipt import Receipt
from language import Words
from metrics.result import Result
from ui import download, notice, results
from ui.frame import address
from warehouse.selection import Selection


def of(result: Result) -> Receipt:
    """The receipt of the whole answer that a figure shows rows of; made once for each build."""
    shape = (result.by, result.period, result.group)
    found: Receipt = results.remembered(_made, result.definition.metric_id, result.selection, shape)
    return found


def line(w: Words, result: Result) -> str:
    """Receipt, day of the build, and the address that shows the numbers again."""
    got = of(result)
    return w("receipts.line", receipt=got.short, day=got.day, address=prose.address(result, got))


def judged(w: Words, result: Result, asked: Mapping[str, str]) -> None:
    """Says whether the receipt that stands in the address is that of the numbers below it."""
    written = asked.get(address.RECEIPT)
    if written is None:
        return
    got, named = of(result), receipt.parsed(written)
    if named and named[0] == got.build_id and got.content_hash.startswith(named[1]):
        notice.status(w("receipts.right", receipt=got.short, day=got.day))
    else:
        # What is no receipt at all is not repeated.
        notice.alert([w("receipts.wrong", receipt=":".join(named) if named else "…", found=got.short)])


def _made(metric_id: str, selection: Selection, shape: tuple[str, str, str | None]) -> Receipt:
    return receipt.of(results.of(metric_id, selection, *shape), download.edition())
