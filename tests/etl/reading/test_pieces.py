"""Plain texts are read by pieces; whatever is not plain goes another way, and both ways find the same."""

from __future__ import annotations

import io
from contextlib import suppress
from datetime import date

import polars as pl
import pytest

from errors import SourceError
from etl.judging import reading
from etl.loading.roster import RosterRequest, examine
from etl.reading import pieces
from etl.reading.content import received
from tests.etl.files import HEADER, nip, person

SNAPSHOT = date(2024, 11, 30)
HEAD = ",".join(HEADER)


def rows(count: int) -> list[str]:
    good = [
        ",".join(map(str, person(nip(serial % 990 + 1, birth=f"19{serial % 28:02d}0101"))))
        for serial in range(count)
    ]
    return [
        line.replace(nip(7)[:18], "1,98E+17", 1) if place % 11 == 5 else line
        for place, line in enumerate(good)
    ]


def found(session, path) -> tuple[pl.DataFrame, dict, list]:
    request = RosterRequest(path, "6474", SNAPSHOT)
    _, verdict = examine(session, received(path), request)
    refused = session.con.execute(
        "SELECT row_number, rule, masked_value FROM rejections ORDER BY ALL"
    ).fetchall()
    return verdict.people.rows.sort("place").cast({pl.Enum: pl.String}), dict(verdict.found), refused


@pytest.fixture
def streamed_only(monkeypatch):
    def refuse(*_: object) -> None:
        raise pieces.NotPlainError

    return lambda: monkeypatch.setattr(reading, "read_pieces", refuse)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [True, False])
def test_both_ways_of_reading_find_the_same(session, tmp_path, monkeypatch, streamed_only, end, last):
    monkeypatch.setattr(pieces, "PIECE_BYTES", 700)
    lines = [HEAD, *rows(60), "Jumlah,60", '"=""' + nip(991) + '""",Dinas Pendidikan', "" if last else ",,,"]
    path = tmp_path / "r.csv"
    path.write_bytes(end.join(lines).encode())
    by_pieces = found(session, path)
    streamed_only()
    streamed = found(session, path)
    assert by_pieces[1:] == streamed[1:]
    assert by_pieces[0].equals(streamed[0])


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}\n{rows(1)[0]}\n\n{rows(2)[1]}\n",
        f'{HEAD}\n{nip(1)},"Dinas\nPendidikan"\n',
        f'{HEAD}\n{nip(1)},"Dinas "x" Daerah",PNS\n{nip(2)},"Dinas\n',
        f"{HEAD}\n{nip(1)},Dinas {'x' * 2000}\n",
    ],
)
def test_what_is_not_plain_is_left_to_the_other_way(session, tmp_path, monkeypatch, text):
    monkeypatch.setattr(pieces, "LONGEST_LINE", 1000)
    monkeypatch.setattr(pieces, "PIECE_BYTES", 400)
    path = tmp_path / "r.csv"
    path.write_text(text)
    calls = []
    there = reading.streamed
    monkeypatch.setattr(reading, "streamed", lambda *a: calls.append(1) or there(*a))
    with suppress(SourceError):  # some of these are refused in the end
        examine(session, received(path), RosterRequest(path, "6474", SNAPSHOT))
    assert calls == [1]


@pytest.mark.parametrize("size", [1, 7, 64, 4096])
def test_a_piece_ends_behind_a_line_whatever_its_size(monkeypatch, size):
    monkeypatch.setattr(pieces, "PIECE_BYTES", size)
    text = b"".join(b"%d,%s\n" % (n, b"x" * (n % 40)) for n in range(200)) + b"last"
    stream = io.BytesIO(text)
    cut = list(iter(lambda: pieces._piece(stream), b""))
    assert b"".join(cut) == text + b"\n"
    assert all(piece.endswith(b"\n") for piece in cut)
