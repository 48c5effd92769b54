"""The vault: folders that only their owner may read, one writer at a time, and writes that are whole or not there."""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl
from filelock import FileLock, Timeout

from errors import ContractError, StorageError
from keys import key_id, read_keys
from settings import Settings

LOCK = ".lock"
DRAFT = ".draft"
PERSONS = ("person", "person_now")
"""The columns of the vault's tables that hold pseudonyms."""
WAIT_SECONDS = 120
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM}
FULL_IN_WORDS = re.compile(
    r"no space left on device|quota exceeded|file too large|read-only file system|permission denied|could not write",
    re.IGNORECASE,
)
NAME_OF_TABLE = re.compile(r"([^/'\"]+)\.[0-9a-f]{8}-[0-9a-f]{6}(?:\.\d+)?\.parquet")


@dataclass(frozen=True)
class Vault:
    """The folder of person-level tables of one key; tables of another key never mix with them."""

    root: Path
    keys: tuple[bytes, ...]

    @property
    def people(self) -> Path:
        """The folder of the tables whose pseudonyms this key made."""
        return self.root / f"people-{key_id(self.keys)}"

    def file(self, table: str, name: str) -> Path:
        """The path of one file of a table ("rosters", "cases", "rejections", …)."""
        return self.people / table / name


def open_vault(settings: Settings) -> Vault:
    """The vault with its key, made with mode 0700 on first use.

    Raises ContractError when others may read it, or when its tables were made with another key.
    """
    root = settings.vault
    make_folder(root)
    refuse_open(root)
    vault = Vault(root, read_keys(settings.key_file))
    others = [
        folder for folder in root.glob("people-*") if folder.is_dir() and any(folder.rglob("*.parquet"))
    ]
    if others and vault.people not in others:
        raise ContractError(
            "Kunci ini bukan kunci brankas ini; nama samaran tidak akan cocok. "
            "/ This key is not the one that the vault was made with.",
            "NETRA_KEY_FILE",
            "Pulihkan kunci dari cadangan. Tanpa kunci itu: hapus data/vault/people-* dan data/sources, lalu muat ulang semua berkas. "
            "Jangan hapus data/vault/releases. / Restore the key from the backup. Without it: delete data/vault/people-* and "
            "data/sources, then load all files again. Never delete data/vault/releases, which remembers what was published.",
        )
    return vault


def _open_to_others(path: Path) -> bool:
    try:
        return bool(stat.S_IMODE(path.lstat().st_mode) & 0o077)
    except FileNotFoundError:  # a draft of another run that has just become a file
        return False


def refuse_open(root: Path) -> None:
    """A folder or file inside it that others may read is a ContractError."""
    inside = [Path(folder) / name for folder, folders, files in os.walk(root) for name in (*folders, *files)]
    wide = next(filter(_open_to_others, (root, *inside)), None)
    if wide is not None:
        raise ContractError(
            f"Brankas terbuka bagi orang lain (mode {stat.S_IMODE(wide.stat().st_mode):04o}). / The vault is open to others.",
            "data/vault",
            "Jalankan chmod -R go-rwx pada folder itu.",
        )


@contextmanager
def writing(settings: Settings) -> Iterator[None]:
    """Alone among the writers of vault, key and cards; sweeps what a killed one has left. A full disk is a StorageError."""
    make_folder(settings.vault)
    lock = FileLock(settings.vault / LOCK, timeout=WAIT_SECONDS, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        raise ContractError(
            "Pemuatan lain sedang berjalan. / Another load is running.", "data/vault", "Tunggu lalu ulangi."
        ) from None
    try:
        sweep(settings.vault, settings.sources)
        _sweep_key(settings.key_file)
        _sweep_orphans(settings)
        with full_disk_told("data/vault"):
            yield
    finally:
        lock.release()


def sweep(*folders: Path) -> None:
    """Removes drafts; only whoever holds the lock of these folders may."""
    for folder in folders:
        for leftover in list(folder.rglob(f".*{DRAFT}*")):
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink(missing_ok=True)


def _sweep_key(key_file: Path) -> None:
    """Removes drafts of the key, and nothing else of the folder that it lies in."""
    for leftover in key_file.parent.glob(f".{key_file.name}.*{DRAFT}"):
        leftover.unlink(missing_ok=True)


def _sweep_orphans(settings: Settings) -> None:
    """A killed rotation leaves tables of two keys; those of the key in force stay."""
    if not settings.key_file.exists():
        return
    vault = Vault(settings.vault, read_keys(settings.key_file))
    if any(vault.people.rglob("*.parquet")):
        for folder in vault.root.glob("people-*"):
            if folder != vault.people:
                shutil.rmtree(folder)


@contextmanager
def full_disk_told(where: str) -> Iterator[None]:
    """A disk that is full or closed to writing becomes a StorageError, whoever met it."""
    try:
        yield
    except OSError as broken:
        if broken.errno not in FULL:
            raise
        raise _no_room(broken.strerror or type(broken).__name__, where) from None
    except (
        duckdb.Error,
        pl.exceptions.PolarsError,
    ) as broken:  # engines tell of a full disk in words of their own
        said = FULL_IN_WORDS.search(str(broken))
        if said is None:
            raise
        raise _no_room(said.group(), where) from None


@contextmanager
def damage_told() -> Iterator[None]:
    """A table of the vault that is damaged or gone becomes a ContractError that names its source."""
    try:
        yield
    except (duckdb.IOException, duckdb.InvalidInputException) as broken:
        named = NAME_OF_TABLE.search(str(broken))
        if named is None or FULL_IN_WORDS.search(str(broken)):
            raise
        raise ContractError(
            "Tabel sumber ini di brankas rusak atau hilang. / A table of this source in the vault is damaged or gone.",
            named.group(1),
            f"Hapus data/sources/{named.group(1)}.yml, lalu muat ulang berkas sumbernya.",
        ) from None


def _no_room(reason: str, where: str) -> StorageError:
    return StorageError(
        f"Tidak dapat menulis ({reason}). / Cannot write.",
        where,
        "Kosongkan ruang disk atau periksa izin folder, lalu ulangi; tidak ada yang berubah.",
    )


def make_folder(folder: Path, mode: int = 0o700) -> None:
    """Makes a folder and those above it, each with `mode`."""
    if not folder.exists():
        make_folder(folder.parent, mode)
        folder.mkdir(mode=mode, exist_ok=True)


def make_empty(file: Path) -> None:
    """Makes an empty file that only its owner can read, so that what is written into it is never open to others."""
    file.unlink(missing_ok=True)
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


@contextmanager
def whole_file(target: Path, mode: int = 0o600) -> Iterator[Path]:
    """A temporary path beside `target` that takes its place, flushed and with `mode`, when the block ends well."""
    make_folder(target.parent, 0o700 if mode == 0o600 else 0o755)
    draft = target.with_name(f".{target.name}.{os.getpid()}{DRAFT}")
    try:
        make_empty(draft)
        yield draft
        draft.chmod(mode)
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
