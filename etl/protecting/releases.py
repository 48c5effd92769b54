"""What was released before: one file a release in the vault, from which the next one is protected.

It holds counts of cells, small ones too, and no person. The releases are a source of the build like any other: the same
sources after the same releases make the same warehouse.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray

from errors import StorageError
from etl.protecting.layout import Cell
from etl.vault.store import whole_file
from settings import Settings
from stats.protecting.release import BOUNDLESS, Ints, Release, States, System
from stats.protecting.succession import Earlier

NAME: Final = re.compile(r"release-(\d{6})\.npz")
NOTHING: Final = ""
FORMAT: Final = 2
"""1 told phases of elections apart from the cells, so that both together can betray what neither does."""
_TEXTS: Final = ("level", "place", "period", "measure")


class OutdatedReleaseError(StorageError):
    """A release of an earlier format, whose builds are not safe."""


@dataclass(frozen=True)
class Told:
    """A release: its cells and their sums, the true counts, what is known of each cell, and the states.

    `numbers` are all that were ever told of a cell, here or in any release before, also of cells that are no more. `source` says
    what the build was made from without the releases before it, `before` is the hash of the release that it was protected with.
    `lines` is what this and all releases before told of clocks and curves (`etl/following/remembering.py`).
    """

    cells: tuple[Cell, ...]
    earlier: Earlier
    states: States
    numbers: Mapping[Cell, tuple[int, ...]]
    k: int
    source: str = NOTHING
    before: str = NOTHING
    lines: str = NOTHING

    @property
    def hash(self) -> str:
        """Of everything in it but what it was made from."""
        digest = hashlib.sha256()
        for name, array in sorted(_arrays(self).items()):
            if name != "source":
                digest.update(
                    f"{name} {array.shape} {array.dtype.str}".encode() + np.ascontiguousarray(array).tobytes()
                )
        return digest.hexdigest()


def released_before(settings: Settings, source: str) -> Told | None:
    """The release that a build from these sources follows: the latest, or the one before where the latest is of these sources."""
    files = kept(settings)
    if not files:
        return None
    latest = read_release(files[-1])
    if latest.source != source:
        return latest
    if latest.before == NOTHING:
        return None
    if len(files) > 1 and (found := read_release(files[-2])).hash == latest.before:
        return found
    raise _gone(files[-1].name)


def older(settings: Settings, before: Told | None) -> Iterator[Told]:
    """All releases before that one, the latest first. Whether one is missing, `etl.retention.memory` has looked."""
    found = map(read_release, reversed(kept(settings)))
    if before is not None and any(one.hash == before.hash for one in found):
        yield from found


def keep(settings: Settings, told: Told) -> None:
    """Puts a release behind the others; one of the same sources takes the place of the one that a broken build has left."""
    files = kept(settings)
    number = int(_number(files[-1])) if files else 0
    if not files or read_release(files[-1]).source != told.source:
        number += 1
    write_release(folder(settings) / f"release-{number:06}.npz", told)


def kept(settings: Settings) -> list[Path]:
    """The files of all releases, the earliest first."""
    return sorted(path for path in folder(settings).glob("*.npz") if NAME.fullmatch(path.name))


def read_release(path: Path) -> Told:
    """What a file holds; one that cannot be read, or is of another version of the program, is a StorageError."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            version = int(arrays.get("format", 1))
            if version == FORMAT:
                return _of(dict(arrays))
            if version > FORMAT:
                raise ValueError(f"format {version}")
    except (OSError, EOFError, ValueError, KeyError, TypeError, zipfile.BadZipFile, zlib.error) as broken:
        raise StorageError(
            f"Berkas terbitan ini tidak terbaca ({type(broken).__name__}). / This file of a release cannot be read.",
            f"data/vault/releases/{path.name}",
            "Pulihkan berkas itu dari cadangan.",
        ) from None
    raise OutdatedReleaseError(
        "Terbitan ini dari versi program sebelumnya; bangunannya dapat membuka angka kecil. "
        "/ This release is of an earlier version of the program; its builds can betray small counts.",
        f"data/vault/releases/{path.name}",
        "python -m etl build --accept-lost-releases",
    )


def write_release(path: Path, told: Told) -> None:
    """Writes a release, whole or not at all."""
    with whole_file(path) as draft, draft.open("wb") as file:
        np.savez_compressed(file, **cast(Any, _arrays(told)))


def folder(settings: Settings) -> Path:
    """Where releases lie."""
    return settings.vault / "releases"


def _gone(name: str) -> StorageError:
    return StorageError(
        "Terbitan sebelum yang terakhir hilang. / A release before the latest is gone.",
        f"data/vault/releases/{name}",
        "Pulihkan folder data/vault/releases dari cadangan.",
    )


def _number(path: Path) -> str:
    found = NAME.fullmatch(path.name)
    assert found, "a file of a release is named so"
    return found[1]


def _arrays(told: Told) -> Mapping[str, NDArray[Any]]:
    sums = told.earlier.system.sums.tocoo()
    known = told.earlier.known
    return {
        **_texts("", told.cells),
        **_texts("last_", [cell for cell, some in told.numbers.items() for _ in some]),
        "last": np.array([number for some in told.numbers.values() for number in some], dtype=np.int64),
        "counts": told.earlier.counts,
        "lower": known.lower,
        "upper": known.upper,
        "states": told.states,
        "sums": np.stack([sums.row, sums.col, sums.data]).astype(np.int64),
        "rows": np.array(sums.shape[0], dtype=np.int64),
        "k": np.array(told.k, dtype=np.int64),
        "source": np.array(told.source),
        "before": np.array(told.before),
        "format": np.array(FORMAT, dtype=np.int64),
        "lines": np.frombuffer(told.lines.encode(), dtype=np.uint8),
    }


def _texts(prefix: str, cells: Iterable[Cell]) -> Mapping[str, NDArray[Any]]:
    columns = list(zip(*cells, strict=True)) or [()] * len(_TEXTS)
    return {
        prefix + name: np.array(values, dtype=np.str_) for name, values in zip(_TEXTS, columns, strict=True)
    }


def _cells(prefix: str, found: Mapping[str, NDArray[Any]]) -> tuple[Cell, ...]:
    return tuple(map(Cell._make, zip(*(found[prefix + name].tolist() for name in _TEXTS), strict=True)))


def _of(found: Mapping[str, NDArray[Any]]) -> Told:
    cells, numbers = _cells("", found), defaultdict[Cell, tuple[int, ...]](tuple)
    for cell, number in zip(_cells("last_", found), found["last"].tolist(), strict=True):
        numbers[cell] += (number,)
    known = Release(found["lower"], found["upper"])
    return Told(
        cells,
        Earlier(_system(found, len(cells)), found["counts"], known),
        found["states"],
        dict(numbers),
        int(found["k"]),
        str(found["source"]),
        str(found["before"]),
        found["lines"].tobytes().decode(),
    )


def _system(found: Mapping[str, Ints], cells: int) -> System:
    from scipy.sparse import csr_array

    rows, columns, signs = found["sums"]
    sums = csr_array((signs, (rows, columns)), shape=(int(found["rows"]), cells))
    # Whatever is known of a count by what it means is part of what is known of it.
    return System(sums, np.zeros(cells, dtype=np.int64), np.full(cells, BOUNDLESS))
