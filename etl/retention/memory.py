"""What builds have told readers, against the releases that the vault holds.

What readers may have must be remembered, or the next build is not protected against it. So nothing is built while a release
is missing that a build names, and a loss for good is accepted by name only, recorded, and never made undone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import duckdb

from audit import record
from errors import StorageError
from etl.building.parts.ledger import forget_parts
from etl.building.publish import GIVEN_UP, NOTHING_TOLD, Manifest, current, manifests, write_manifest
from etl.cards.card import EARLIER, read_card_file
from etl.protecting.releases import NOTHING, OutdatedReleaseError, folder, kept, read_release, write_release
from etl.vault.store import make_empty
from settings import Settings

LOST: Final = ".lost"
SHOWN: Final = 10
_NOT_SIMULATED: Final = """SELECT count(*), count(*) FILTER (is_simulated IS NOT TRUE) FROM (
    SELECT is_simulated FROM core_source UNION ALL SELECT is_simulated FROM core_case
    UNION ALL SELECT is_simulated FROM core_discipline UNION ALL SELECT is_simulated FROM mart_case)"""
_NUMBERED: Final = re.compile(rf"release-(\d{{6}})(?:\.npz|{re.escape(LOST)})")


@dataclass(frozen=True)
class Loss:
    """Builds that name a release that is not there; builds of cases that name none; files that cannot be read; files that are gone
    from between others; files of another version, whose builds can betray small counts."""

    named: tuple[Manifest, ...] = ()
    unnamed: tuple[Manifest, ...] = ()
    damaged: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is lost."""
        return bool(self.named or self.unnamed or self.damaged or self.gone or self.outdated)


Accepts = Callable[[Settings, Loss], bool]


def nothing_lost(settings: Settings, loss: Loss) -> bool:
    """Accepts no loss."""
    return False


def lost(settings: Settings) -> Loss:
    """Compares what all manifests name, of deleted builds too, with every release that is kept.

    A deleted build that names none is passed over: what it told can no longer be found out.
    """
    hashes, damaged, outdated = set(), [], []
    for path in kept(settings):
        try:
            hashes.add(read_release(path).hash)
        except OutdatedReleaseError:
            outdated.append(path.name)
        except StorageError:
            damaged.append(path.name)
    told = manifests(settings.build)
    named = (one for one in told if one.release is not None and one.release not in (NOTHING_TOLD, *hashes))
    unnamed = (one for one in told if one.release is None and _tells_of_cases(settings.build / one.file))
    return Loss(
        tuple(one for one in named if one.release != GIVEN_UP or (settings.build / one.file).is_file()),
        tuple(unnamed),
        tuple(damaged),
        _gone(settings),
        tuple(outdated),
    )


def check_memory(settings: Settings, accepts: Accepts = nothing_lost) -> bool:
    """Refuses with a StorageError what is lost and not accepted; accepting is recorded first. Returns whether anything was lost.

    Whoever accepts holds the locks of builds and vault, and lets the builds go (`let_go`) once another is published.
    """
    loss = lost(settings)
    if not loss:
        return False
    if not accepts(settings, loss):
        raise _refused(loss)
    for one in (*loss.named, *loss.unnamed):
        record(settings, "lost_releases", build=one.build_id, content=one.content_hash, release=one.release)
    if files := len(loss.damaged) + len(loss.gone) + len(loss.outdated):
        record(settings, "lost_releases", files=files)
    _go_on_without(settings, loss)
    return True


def let_go(settings: Settings) -> None:
    """Deletes the builds against which nothing later is protected, and never the word that they were there."""
    now, loss = current(settings.build), lost(settings)
    for one in (*loss.named, *loss.unnamed):
        assert now is None or one.build_id != now.build_id, "the current build names what was just kept"
        (settings.build / one.file).unlink(missing_ok=True)
        write_manifest(settings.build, replace(one, release=GIVEN_UP))


def is_only_sample(settings: Settings, loss: Loss) -> bool:
    """Whether nothing but the simulated sample is concerned: all cards, and all sources and cases of each build that is lost.

    A build whose file is gone, or that cannot be read, could be of anybody.
    """
    cards = (*settings.sources.glob("*.yml"), *(settings.sources / EARLIER).rglob("*.yml"))
    return (
        not loss.damaged
        and not loss.gone
        and all(read_card_file(path).is_simulated for path in cards)
        and all(_is_simulated(settings.build / one.file) for one in (*loss.named, *loss.unnamed))
    )


def _gone(settings: Settings) -> tuple[str, ...]:
    """Numbers have no gap, so that a file is missed that lies before another, also where no build names it any more."""
    found = (_NUMBERED.fullmatch(path.name) for path in folder(settings).glob("release-*"))
    numbers = {int(one[1]) for one in found if one}
    every = range(1, max(numbers, default=0))
    return tuple(f"release-{number:06}.npz" for number in every if number not in numbers)


def _go_on_without(settings: Settings, loss: Loss) -> None:
    """Sets aside files that are damaged or of another version, and notes those that are gone.

    The next build is made anew, as one that follows what is left.
    """
    for name in (*loss.damaged, *loss.outdated):
        path = folder(settings) / name
        path.replace(path.with_suffix(LOST))
    for name in loss.gone:
        make_empty((folder(settings) / name).with_suffix(LOST))
    if files := kept(settings):
        # Of no sources from now on: what it was protected with may be among what is lost, so that it cannot be made again.
        write_release(files[-1], replace(read_release(files[-1]), source=NOTHING))
    forget_parts(settings.build)


def _tells_of_cases(file: Path) -> bool:
    """Of a build that names no release; one that cannot be asked is taken to tell of some, one that is gone of none."""
    if not file.is_file():
        return False
    try:
        with duckdb.connect(str(file), read_only=True) as con:
            tables = {name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
            found = next((name for name in ("open_cell", "mart_case") if name in tables), None)
            return found is None or bool(con.execute(f"SELECT count(*) > 0 FROM {found}").fetchall()[0][0])
    except duckdb.Error:
        return True


def _is_simulated(file: Path) -> bool:
    """By its rows: a card or a source counts as simulated where one row is, a case only where it is itself."""
    if not file.is_file():
        return False
    try:
        with duckdb.connect(str(file), read_only=True) as con:
            rows, others = con.execute(_NOT_SIMULATED).fetchall()[0]
    except duckdb.Error:
        return False
    return bool(rows > 0 and others == 0)


def _refused(loss: Loss) -> StorageError:
    named = [
        f"{_build(one)}: terbitannya tidak ada / its release is gone ({(one.release or '')[:12]})"
        for one in loss.named
    ]
    unnamed = [
        f"{_build(one)}: dibuat sebelum terbitan disimpan / made before releases were kept"
        for one in loss.unnamed
    ]
    damaged = [f"{name}: tidak terbaca / cannot be read" for name in loss.damaged]
    gone = [f"{name}: tidak ada / is gone" for name in loss.gone]
    outdated = [
        f"{name}: dari versi yang angkanya dapat saling membuka / of a version whose figures can betray each other"
        for name in loss.outdated
    ]
    found = [*named, *unnamed, *damaged, *gone, *outdated]
    more = [f"… +{len(found) - SHOWN}"] if len(found) > SHOWN else []
    way = _OUTDATED if outdated else _RESTORE if named or damaged or gone else _NEVER_KEPT
    return StorageError(
        "Brankas tidak lagi mengingat semua yang pernah diterbitkan; tidak ada yang dibangun. "
        "/ The vault no longer remembers all that was published; nothing was built:\n  "
        + "\n  ".join(found[:SHOWN] + more)
        + "\n",
        "data/vault/releases",
        way.format(command=_COMMAND) + _PRICE,
    )


_RESTORE: Final = (
    "Pulihkan folder data/vault/releases dari cadangan, lalu ulangi. Bila hilang untuk selamanya: {command} "
    "/ Restore the folder data/vault/releases from the backup, then try again. Where it is lost for good: {command}\n"
)
_OUTDATED: Final = (
    "Terbitan versi itu tidak dapat dilindungi lagi. Untuk lanjut tanpanya: {command} "
    "/ Releases of that version cannot be protected any more. To go on without them: {command}\n"
)
_NEVER_KEPT: Final = (
    "Terbitan itu tidak pernah disimpan. Untuk lanjut tanpanya: {command} "
    "/ These releases were never kept. To go on without them: {command}\n"
)
_PRICE: Final = (
    "Bangunan yang disebut di atas lalu dihapus dari sini. Salinan pada pembaca tetap ada: selisihnya dengan terbitan berikut tidak "
    "terlindung. / The builds named above are then deleted here. Copies that readers have stay out there: differences between them "
    "and later releases are not protected."
)
_COMMAND: Final = "python -m etl build --accept-lost-releases"


def _build(one: Manifest) -> str:
    return f"bangunan / build {one.build_id} ({one.built_at[:10]})"
