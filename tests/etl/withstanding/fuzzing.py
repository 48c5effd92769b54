"""Feeds damaged files to every reader: `python -m tests.etl.withstanding.fuzzing FOLDER SECONDS SEED`.

A reader may read or refuse (AppError) and nothing else. The file under test lies in the folder, so that it is there to look at
when the process dies. Prints how many files were tried; an uncaught exception ends with code 1 and its traceback.
"""

from __future__ import annotations

import random
import sys
import time
import zipfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

from errors import AppError
from etl.loading.roster import RosterRequest, load_roster
from etl.loading.session import open_session
from etl.reading.apart import calling
from etl.reading.books import strips
from settings import Settings
from tests.etl.files import HEADER, nip, person, write_csv, write_xlsx
from tests.etl.reading.forms import ods_row, write_ods, write_xls, write_zip
from tests.etl.reading.ugly_books import with_numbers_of_table

INTERESTING = [
    b"\0",
    b'"',
    b"\n",
    b"\r",
    b";",
    b",",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"<",
    b"&",
    b"PK",
    b"'",
    b"\x80",
    b"9" * 30,
]


def seeds(folder: Path) -> dict[str, bytes]:
    """A small valid file of each form."""
    import pyarrow as pa

    rows = [HEADER, *(person(nip(serial)) for serial in (1, 2, 3)), person("1,98E+17")]
    parquet = folder / "seed.parquet"
    with_numbers_of_table(parquet, pa.string())
    made = {
        "csv": write_csv(folder / "seed.csv", rows),
        "tsv": write_csv(folder / "seed.tsv", rows, separator="\t", encoding="utf-16"),
        "txt": write_csv(folder / "seed.txt", rows, separator="|", encoding="cp1252"),
        "xlsx": write_xlsx(folder / "seed.xlsx", rows),
        "xls": write_xls(folder / "seed.xls", rows),
        "ods": write_ods(folder / "seed.ods", {"Data": "".join(map(ods_row, rows))}),
        "parquet": parquet,
        "zip": write_zip(folder / "seed.zip", {"data.csv": (folder / "seed.csv").read_bytes()}),
    }
    found = {ending: path.read_bytes() for ending, path in made.items()}
    for path in made.values():
        path.unlink()
    return found


def mutated(content: bytes, chance: random.Random) -> bytes:
    """The content with a few bytes changed, taken out, doubled, or put in."""
    held = bytearray(content)
    for _ in range(chance.choice([1, 1, 2, 4, 16])):
        at = chance.randrange(len(held) + 1)
        length = chance.choice([1, 1, 2, 8, 64, 400])
        kind = chance.randrange(5)
        if kind == 0:
            held[at : at + length] = chance.randbytes(length)
        elif kind == 1:
            del held[at : at + length]
        elif kind == 2:
            held[at:at] = held[at : at + length] * chance.choice([1, 2, 50])
        elif kind == 3:
            held[at:at] = chance.choice(INTERESTING)
        elif held:
            held[at % len(held)] ^= 1 << chance.randrange(8)
    return bytes(held)


def repacked(content: bytes, chance: random.Random) -> bytes:
    """A zipped form with one of its parts changed and the ZIP around it whole."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = chance.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, mutated(part, chance) if name == chosen else part)
    return out.getvalue()


def files(found: dict[str, bytes], chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """One damaged file after the other, all forms in turn."""
    while True:
        for ending, content in found.items():
            yield ending, mutated(content, chance)
            if ending in ("xlsx", "ods", "zip"):
                yield ending, repacked(content, chance)
        yield chance.choice(list(found)), chance.randbytes(chance.choice([1, 7, 60, 3000]))


def main() -> None:
    folder, seconds, seed = Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    session = open_session(Settings(data=folder / "data", key_file=folder / "key"), dry_run=True)

    def load(path: Path) -> object:
        return load_roster(session, RosterRequest(path, "6408", date(2024, 11, 30)))

    tried = read = 0
    strips.STRIP, whole, calling.MOST_SECONDS = 700, strips.LARGE, 2
    end = time.process_time() + seconds
    for ending, content in files(seeds(folder), random.Random(seed)):
        path = folder / f"tried.{ending}"
        path.write_bytes(content)
        strips.LARGE = tried % 2 * whole
        try:
            load(path)
            read += 1
        except AppError:
            pass
        tried += 1
        path.unlink()
        if time.process_time() > end:
            break
    sys.stdout.write(f"{tried} tried, {read} read\n")


if __name__ == "__main__":
    main()
