"""Kills a command before each of its steps on the disk, and looks at what is left: `python -m tests.etl.withstanding.killing`.

Everything is imported once; each attempt is a child that kills itself (SIGKILL) at its n-th step below the data root. After the
word `moments` stands what is killed from outside at moments spread over its time, in the middle of whatever an engine writes.
A line per point that is not well is printed; the last line says how many points there were.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import stat
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, partial
from importlib import import_module
from pathlib import Path

import duckdb

from audit.verdict import verify
from errors import WarehouseError
from etl.building.build import build
from etl.building.dictionary import read_dictionary
from etl.building.publish import current, drop_earlier, rollback
from etl.cards.card import earlier_cards, read_cards, restore_card
from etl.loading.cases import CasesRequest, load_cases
from etl.loading.roster import RosterRequest, load_roster
from etl.loading.session import open_session
from etl.mending.corrections import load_corrections
from etl.mending.forgetting import forget, refuse_unproven
from etl.mending.refused import write_refused
from etl.protecting.family import read_family
from etl.protecting.measures import measures
from etl.vault.pseudonyms import define_pseudonym
from etl.vault.rotation import rotate_key
from etl.vault.store import open_vault, writing
from settings import Settings
from tests.etl.files import CASE_HEADER, HEADER, case, nip, person, write_csv, write_xlsx

STEPS = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.link", "os.symlink", "os.truncate"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
SNAPSHOT = date(2024, 11, 30)
TABLES = ("rosters", "workforce", "rejections", "warnings")
Command = Callable[[Settings, Path], object]


def roster(settings: Settings, path: Path, code: str = "6408", **wish: object) -> None:
    session = open_session(settings)
    load_roster(session, RosterRequest(path, code, SNAPSHOT, **wish))
    session.close()


def lay_out(folder: Path) -> None:
    """A data root with two versions of a roster, a second roster, a register, two builds, and files for the commands."""
    files, settings = folder / "files", room(folder)
    files.mkdir(parents=True)
    people = [person(nip(serial)) for serial in range(1, 7)]
    roster(settings, write_csv(files / "a.csv", [HEADER, *people[:3], person("1,98E+17")]))
    roster(settings, write_csv(files / "c.csv", [HEADER, *people[:2]]), "6409")
    session = open_session(settings)
    load_cases(session, CasesRequest(write_csv(files / "k.csv", [CASE_HEADER, case()]), "Bawaslu Kaltim"))
    session.close()
    build(settings)
    refused = [person("123"), person("130456789")]
    roster(settings, write_csv(files / "b.csv", [HEADER, *people[:4], *refused]), keep_original=True)
    write_csv(files / "new.csv", [HEADER, *people, person("12")])
    write_refused(open_vault(settings), read_cards(settings.sources), files / "refused.xlsx")
    header = ["Sumber Netra", "Baris Netra", *HEADER]
    mended = [
        header,
        ["roster-6408-2024-11-30", "6", *people[4]],
        ["roster-6408-2024-11-30", "7", *person("77")],
    ]
    write_xlsx(files / "mended.xlsx", mended)
    build(settings)
    roster(settings, write_csv(files / "d.csv", [HEADER, *people[:1]]), "6401")


def room(folder: Path) -> Settings:
    return Settings(data=folder / "data", key_file=folder / "keys" / "pseudonym.key")


def load(settings: Settings, files: Path) -> None:
    roster(settings, files / "new.csv", keep_original=True)


def correct(settings: Settings, files: Path) -> None:
    session = open_session(settings)
    load_corrections(session, files / "mended.xlsx")
    session.close()


def restore(settings: Settings, files: Path) -> None:
    with writing(settings):
        restore_card(settings.sources, "roster-6408-2024-11-30")


def erase(settings: Settings, files: Path) -> None:
    forget(settings, [nip(1)])
    refuse_unproven(settings.data, [nip(1)])


COMMANDS: dict[str, Command] = {
    "load": load,
    "corrections": correct,
    "restore": restore,
    "forget": erase,
    "rotate-key": lambda settings, files: rotate_key(settings),
    "build": lambda settings, files: build(settings),
    "rollback": lambda settings, files: rollback(settings.build),
    "drop-earlier": lambda settings, files: drop_earlier(settings.build),
}


def child(work: Callable[[], object]) -> int:
    """Runs work in a child of its own; returns its wait status."""
    pid = os.fork()
    if pid:
        return os.waitpid(pid, 0)[1]
    try:
        work()
    except BaseException:
        traceback.print_exc(file=sys.stdout)
        sys.stdout.flush()
        os._exit(1)
    sys.stdout.flush()
    os._exit(0)


def listen(folder: Path, work: Callable[[], object], hear: Callable[[str], None]) -> None:
    """Runs work; `hear` is told of each step on the disk below the folder before it is taken."""
    below = str(folder)

    def audit(event: str, args: tuple[object, ...]) -> None:
        writes = event == "open" and isinstance(args[2], int) and args[2] & WRITING
        if (
            (writes or event in STEPS)
            and str(args[0]).startswith(below)
            and not str(args[0]).endswith(".lock")
        ):
            hear(event)

    sys.addaudithook(audit)
    work()


def kill_at(point: int, folder: Path, work: Callable[[], object]) -> None:
    """Runs work; this process kills itself before its `point`-th step below the folder."""
    seen = 0

    def hear(event: str) -> None:
        nonlocal seen
        seen += 1
        if seen == point:
            os.kill(os.getpid(), signal.SIGKILL)

    listen(folder, work, hear)


def strike(seconds: float, work: Callable[[], object]) -> None:
    """Runs work in a child and kills it after so many seconds, if it still runs."""
    pid = os.fork()
    if not pid:
        work()
        os._exit(0)
    time.sleep(seconds)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def places(folder: Path, work: Callable[[], object]) -> list[str]:
    """For each step the lines of code that take it; the same lines again are the same danger again."""
    found: list[str] = []

    def hear(event: str) -> None:
        stack = [frame for frame in traceback.extract_stack() if "/etl/" in frame.filename]
        found.append(event + "".join(f" {frame.name}:{frame.lineno}" for frame in stack[-4:]))

    listen(folder, work, hear)
    return found


def chosen(points: list[str], most: int) -> list[int]:
    """At most so many points, each of other lines of code, spread evenly and with the last one; 0 is all."""
    if not most:
        return list(range(1, len(points) + 1))
    other = sorted({place: number for number, place in enumerate(points, start=1)}.values())
    step = max(1, -(-len(other) // most))
    return other[::-1][::step][::-1]


def answers(settings: Settings) -> tuple[object, ...]:
    """What a reader of the current warehouse is told."""
    manifest = current(settings.build)
    assert manifest is not None, "the warehouse is gone"
    with duckdb.connect(str(settings.build / manifest.file), read_only=True) as con:
        query = (
            "SELECT count(*), sum(headcount) FROM core_workforce UNION ALL SELECT count(*), 0 FROM core_case"
        )
        return (manifest.content_hash, *con.execute(query).fetchall())


def state(settings: Settings) -> str:
    """What the cards say and what their tables hold, whatever the key; every table that a card names must be there."""
    vault, told = open_vault(settings), []
    con = duckdb.connect()
    present = read_cards(settings.sources)
    older = [card for now in present for card in earlier_cards(settings.sources, now.source_id)]
    for card in [*present, *older]:
        assert card.rows_read == card.rows_loaded + card.rows_rejected, card.source_id
        told.append(card.model_dump_json())
        for table in TABLES if card.kind == "roster" else ("cases", "rejections"):
            file = str(vault.file(table, card.vault_name))
            columns = con.execute("SELECT column_name FROM (DESCRIBE SELECT * FROM read_parquet(?))", [file])
            kept = ", ".join(f'"{name}"' for (name,) in columns.fetchall() if name != "person")
            told.append(
                str(con.execute(f"SELECT {kept} FROM read_parquet(?) ORDER BY ALL", [file]).fetchall())
            )
    con.close()
    return hashlib.sha256("".join(told).encode()).hexdigest()


def knows(settings: Settings, number: str) -> bool:
    """Whether the key in force finds a person in the tables in force."""
    vault = open_vault(settings)
    con = duckdb.connect()
    define_pseudonym(con, vault.keys)
    listed = str(vault.people / "rosters" / "*.parquet")
    found = con.execute("SELECT count(*) FROM read_parquet(?) WHERE person = pseudonym(?)", [listed, number])
    (count,) = found.fetchall()[0]
    con.close()
    return count > 0


def leftovers(folder: Path) -> list[str]:
    """Everything temporary, too open, or of no key."""
    settings = room(folder)
    people = open_vault(settings).people
    found = [path for path in folder.rglob("*") if ".draft" in path.name or ".building" in path.name]
    found += [path for path in settings.vault.rglob("*") if stat.S_IMODE(path.lstat().st_mode) & 0o077]
    found += [path for path in settings.vault.glob("*people-*") if path != people]
    found += list(Path(tempfile.gettempdir()).glob("netra-*"))
    return [str(path.relative_to(folder.parent)) for path in found]


def examine(folder: Path, name: str, expected: dict[str, object]) -> None:
    """What must hold after a killed command: before, during and after the next one."""
    settings, files = room(folder), folder / "files"
    found = answers(settings)
    assert found in (expected["answers before"], expected["answers after"]), f"the warehouse answers {found}"
    if name != "forget":
        assert state(settings) in (expected["state before"], expected["state after"]), "half a source"
    assert knows(settings, nip(2)), "key and tables do not belong together"
    # The folder was copied to another place, where its log has no head yet.
    assert {found.kind for found in verify(settings).breaks} <= {"unanchored"}, "the audit log is broken"
    try:
        COMMANDS[name](settings, files)
    except WarehouseError:
        assert name == "rollback"
    if name not in ("restore", "rollback"):
        assert state(settings) == expected["state after"], "the next command ends elsewhere"
    assert knows(settings, nip(2))
    if name == "forget":
        assert not knows(settings, nip(1))
    assert answers(settings) in (expected["answers before"], expected["answers after"])
    with writing(settings):
        pass
    assert not leftovers(folder), leftovers(folder)


def reference(folder: Path, name: str) -> dict[str, object]:
    """What is told before the command and after it, without any kill; its steps on the disk, and how long it took."""
    settings = room(folder)
    found: dict[str, object] = {"answers before": answers(settings), "state before": state(settings)}
    started = time.monotonic()
    steps = places(folder, partial(COMMANDS[name], settings, folder / "files"))
    found |= {"lasted": time.monotonic() - started, "points": list(steps)}
    return found | {"answers after": answers(settings), "state after": state(settings)}


@cache
def expectation(name: str, base: Path, work: Path) -> dict[str, object]:
    """What `reference` tells of the command, found out in a child of its own."""
    told = work / f"{name}.told"
    shutil.copytree(base, work / "plain")
    child(lambda: told.write_text(repr(reference(work / "plain", name)), "utf-8"))
    shutil.rmtree(work / "plain")
    found: dict[str, object] = eval(told.read_text("utf-8"))
    return found


def try_moments(name: str, base: Path, work: Path, most: int) -> tuple[int, int]:
    """Kills the command at `most` moments of its time; returns how many were tried and how many are not well."""
    expected, unwell = expectation(name, base, work), 0
    for place in range(most):
        folder, moment = work / "attempt", expected["lasted"] * (place + 0.5) / most
        shutil.copytree(base, folder)
        strike(moment, partial(COMMANDS[name], room(folder), folder / "files"))
        if child(partial(examine, folder, name, expected)):
            unwell += 1
            sys.stdout.write(f"UNWELL {name} after {moment:.3f} of {expected['lasted']:.3f} s\n")
        shutil.rmtree(folder)
    return most, unwell


def try_all(name: str, base: Path, work: Path, most: int) -> tuple[int, int]:
    """Kills the command at every point, or at `most` of them; returns how many were tried and how many are not well."""
    expected = expectation(name, base, work)
    points = chosen(expected["points"], most)
    unwell, looks = 0, set()
    for point in points:
        shutil.copytree(base, work / "attempt")
        unwell += not survives(name, point, work / "attempt", (expected, looks))
        shutil.rmtree(work / "attempt")
    return len(points), unwell


def survives(name: str, point: int, folder: Path, known: tuple[dict[str, object], set[object]]) -> bool:
    """Kills the command at a point and examines what is left, unless the same was examined before."""
    expected, looks = known
    status = child(lambda: kill_at(point, folder, lambda: COMMANDS[name](room(folder), folder / "files")))
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    found = look(folder)
    well = killed and (found in looks or not child(lambda: examine(folder, name, expected)))
    looks.add(found)
    if not well:
        sys.stdout.write(f"UNWELL {name} at point {point}\n")
    return well


def look(folder: Path) -> frozenset[object]:
    """What lies on the disk; two points that leave the same are examined once. Of drafts only the folder counts."""
    found: set[object] = set()
    for path in folder.rglob("*"):
        if ".draft" in str(path):
            found.add(("draft", str(path.parent).split("/.")[0]))
        elif path.is_file():
            found.add((str(path), path.stat().st_mode, hashlib.sha1(path.read_bytes()).digest()))
    return frozenset(found)


def warm_up() -> None:
    """What a build works out and imports once for a process, before there are children that each would."""
    family = read_family()
    for extent in family.extents:
        measures(family, extent)
    read_dictionary()
    import_module("scipy.optimize")


def wishes(words: list[str]) -> Iterator[tuple[Callable[..., tuple[int, int]], int, str]]:
    """Every attempt that the words ask for, how often, and of which command."""
    at = words.index("moments") if "moments" in words else len(words)
    for attempt, asked in ((try_all, words[:at]), (try_moments, words[at + 1 :])):
        for name in asked[1:] or COMMANDS if asked else ():
            yield attempt, int(asked[0]), name


def main() -> None:
    """Tries commands (all, where none is named) at so many points as the first word says, 0 for every point; then at `moments`."""
    warm_up()
    with tempfile.TemporaryDirectory(prefix="kill-") as folder:
        work = Path(folder)
        os.environ["TMPDIR"] = str(work / "tmp")
        (work / "tmp").mkdir()
        tempfile.tempdir = None
        if child(lambda: lay_out(work / "base")):
            sys.exit(2)
        for attempt, most, name in wishes(sys.argv[1:]):
            points, unwell = attempt(name, work / "base", work, most)
            sys.stdout.write(f"{name}: {points} points, {unwell} unwell\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
