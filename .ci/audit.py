"""Looks at what this product is made of: `python .ci/audit.py [--advisories FOLDER] [--days N] [--index ADDRESS | --closed]`.

Three looks, each of which says what it covers and what not:
1. Always, without a network: every dependency is pinned to one version with its hashes, and that version is installed.
2. Of the package index that pip uses (`index.py`): no pinned version was withdrawn, has vanished or is in quarantine; none
   is behind a later release for more than GRACE days, unless another package here refuses the later one, which is named; and,
   where the index knows vulnerabilities (pypi.org does), none is known to be vulnerable today.
3. With advisories in the OSV format (`.ci/advisories.py` reads them; without `--advisories` an extract in `.ci/advisories` is
   taken, where there is one), also whether any pinned version was known to be vulnerable on their day.

Ends with 0 if nothing was found, 1 if something was, 3 if neither the index nor advisories told of vulnerabilities, advisories
do not know of a pinned package, or they are older than N days. An advisory that has been read and does not concern this
product is written into `.ci/accepted.csv` with a day until which that holds.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from advisories import Advisories, entries, read, touches
from index import Behind, ClosedError, Said, Wishes, address, look_up
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
FILES = ("requirements.txt", "requirements-dev.txt", "requirements-installer.txt")
# What pip installs itself where the installer cannot be had.
MAY_LACK = ("uv",)
# So long a later release may lie there: this leaves time to see whether it is sound.
GRACE = timedelta(days=90)
EXTRACT = ".ci/advisories"
ACCEPTED = ".ci/accepted.csv"
PIN = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(\[[^\]]*\])?==(?P<version>\S+)( *; *(?P<marker>.*))?$")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
FOUND, NOT_AUDITED = 1, 3
LOUD = "!" * 78

Pins = dict[str, set[tuple[str, str]]]
"""Versions with their markers by name: another Python or platform may have another version."""


def pins(text: str) -> tuple[Pins, list[str]]:
    """Versions and markers by name, and what is not pinned or has no hash."""
    found: Pins = {}
    faults = []
    for line in text.replace("\\\n", " ").splitlines():
        line = line.partition("#")[0].strip()  # noqa: PLW2901
        if not line:
            continue
        asked = PIN.match(HASH.sub("", line).strip())
        if asked is None or not HASH.search(line):
            faults.append(f"not pinned with a hash: {line[:60]}")
        else:
            pin = (asked["version"], asked["marker"] or "")
            found.setdefault(canonicalize_name(asked["name"]), set()).add(pin)
    return found, faults


def pinned_here() -> tuple[Pins, list[str]]:
    """The pins of all files of this project, and what is wrong with them."""
    found: Pins = {}
    faults = []
    for name in FILES:
        there, wrong = pins((ROOT / name).read_text(encoding="utf-8"))
        faults += wrong
        for package, versions in there.items():
            found.setdefault(package, set()).update(versions)
    return found, faults


def wishes_here() -> Wishes:
    """What this project asks for itself, before it is pinned."""
    files = [ROOT / name.replace(".txt", ".in") for name in FILES]
    lines = [line.strip() for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    asked = [Requirement(line) for line in lines if line and not line.startswith(("#", "-"))]
    return {canonicalize_name(one.name): one for one in asked}


def strangers(pinned: Pins) -> list[str]:
    """Packages of this platform that are installed in another version than the pinned one, or not at all."""
    return [
        f"{name} is pinned to {wanted}, installed is {here or 'nothing'}"
        for name, versions in sorted(pinned.items())
        for wanted, marker in sorted(versions)
        if (not marker or Marker(marker).evaluate()) and (here := _installed(name)) != wanted
        if here or name not in MAY_LACK
    ]


def compared(known: Advisories, pinned: Pins) -> tuple[int, list[str]]:
    """How many advisories are of pinned packages, and those that touch a pinned version."""
    of_ours, hits = set(), set()
    for record in known.records:
        for name, versions in pinned.items():
            for entry in entries(record, name):
                of_ours.add(record["id"])
                for wanted in {one for one, _ in versions}:
                    if touches(entry, wanted):
                        hits.add(
                            f"{record['id']}: {name} {wanted}: {record.get('summary') or ''}".strip(": ")
                        )
    return len(of_ours), sorted(hits)


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _warning(known: Advisories, now: datetime) -> str:
    return (
        f"{LOUD}\nAudited against advisories up to {known.until:%Y-%m-%d} ONLY, which is {(now - known.until).days} days ago.\n"
        f"Nothing that was published after that day is covered. With the network open, run pip-audit\n"
        f"(SECURITY.md, Dependencies): that is the operator's duty at least once a month.\n{LOUD}\n"
    )


def accepted(faults: list[str], now: datetime) -> dict[str, str]:
    """Findings by an advisory that was accepted until a day that has not passed, with the reason (`id,until,reason`)."""
    path = ROOT / ACCEPTED
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines())) if path.is_file() else []
    valid = {row["id"]: row for row in rows if now.date() <= date.fromisoformat(row["until"])}
    found = {fault: valid.get(fault.partition(":")[0]) for fault in faults}
    return {fault: f"until {row['until']}: {row['reason']}" for fault, row in found.items() if row}


def _of_index(said: Said, count: int, now: datetime) -> tuple[str, list[str]]:
    """What the index said, in words, and its faults with those of pins that are behind for too long."""
    late = [one for one in said.behind if not one.held_by and now - one.later.since > GRACE]
    compared_with = count - len(said.unknown)
    lines = [
        f"{count} versions looked up at the package index on {now:%Y-%m-%d}: {len(said.faults)} found; "
        f"{compared_with} of them compared with the vulnerabilities that it knows on this day"
    ]
    if said.unknown:
        lines.append(
            "Compared with NO vulnerabilities, since the index does not know them (it was seen only that none is withdrawn, "
            f"and which is behind): {', '.join(said.unknown)}"
        )
    lines += [f"  {_told(one, now)}" for one in said.behind]
    wrong = [f"behind for more than {GRACE.days} days: {_told(one, now)}" for one in late]
    return "\n".join(lines) + "\n", [*said.faults, *wrong]


def _told(one: Behind, now: datetime) -> str:
    days = (now - one.later.since).days
    return f"{one.name} {one.version}: {one.later.version} is there for {days} days" + (
        f"; held back by {one.held_by}" if one.held_by else ""
    )


def _of_advisories(known: Advisories, pinned: Pins, count: int) -> tuple[str, list[str]]:
    number, hits = compared(known, pinned)
    return (
        f"{count} versions compared with {number} advisories of them ({known.origin}): {len(hits)} found\n",
        hits,
    )


def _asked_index(pinned: Pins, given: argparse.Namespace) -> Said | None:
    if given.closed:
        return None
    try:
        return look_up(dict(sorted(pinned.items())), wishes_here(), given.index or address())
    except ClosedError as reason:
        sys.stdout.write(f"The package index could not be asked: {reason}\n")
        return None


def main(words: list[str], now: datetime | None = None) -> int:
    """Do what the words ask for and say what was done."""
    given = _words().parse_args(words)
    now, say = now or datetime.now(UTC), sys.stdout.write
    pinned, faults = pinned_here()
    faults += strangers(pinned)
    count = sum(len({one for one, _ in versions}) for versions in pinned.values())
    if not faults:
        say(f"{len(pinned)} dependencies in {count} versions: pinned, hashed and installed as pinned\n")
    said = _asked_index(pinned, given)
    if said:
        text, wrong = _of_index(said, count, now)
        faults += wrong
        say(text)
    folder = given.advisories or ROOT / EXTRACT
    known = read(folder) if folder.is_dir() else None
    if known:
        text, wrong = _of_advisories(known, pinned, count)
        faults += wrong
        say(text + _warning(known, now))
    excused = accepted(faults, now)
    faults = [fault for fault in faults if fault not in excused]
    say("".join(f"  ACCEPTED {fault} ({reason})\n" for fault, reason in excused.items()))
    say("".join(f"  FOUND {fault}\n" for fault in faults))
    is_told = said is not None and len(said.unknown) < count
    gaps = _gaps(known, pinned, now, given.days) if known or given.days or not is_told else []
    say("".join(f"NOT AUDITED: {gap}\n" for gap in gaps))
    return FOUND if faults else NOT_AUDITED if gaps else 0


def _gaps(known: Advisories | None, pinned: Pins, now: datetime, days: int | None) -> list[str]:
    """Why what was asked for is no audit."""
    if known is None:
        return ["neither the package index nor advisories told of known vulnerabilities (see SECURITY.md)"]
    gaps = []
    if missing := sorted(pinned.keys() - known.packages) if known.packages is not None else []:
        gaps.append(
            f"{', '.join(missing)}: pinned since these advisories were extracted; make the extract anew"
        )
    if days is not None and now - known.until > timedelta(days=days):
        gaps.append(f"the advisories are older than {days} days")
    return gaps


def _words() -> argparse.ArgumentParser:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--advisories", type=Path)
    asked.add_argument("--days", type=int, help="refuse advisories that are older")
    where = asked.add_mutually_exclusive_group()
    where.add_argument("--index", help="another package index than the one that pip uses")
    where.add_argument("--closed", action="store_true", help="without a network: ask no index")
    return asked


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
