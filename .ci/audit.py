"""Looks at what this product is made of: `python .ci/audit.py [--advisories FOLDER] [--days N]`.

Always, without a network: every dependency is pinned to one version with its hashes, and that version is the one that is
installed. With advisories in the OSV format (`.ci/advisories.py` reads them; without `--advisories` an extract in
`.ci/advisories` is taken, where there is one), also whether any pinned version is known to be vulnerable.

Ends with 0 if all that was asked for was done and nothing was found, 1 if something was found, 3 if there are no advisories,
they do not know of a pinned package, or they are older than N days. What was published after the day of the advisories is
covered by none of this, and the text says so.
"""

from __future__ import annotations

import argparse
import re
import sys
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from advisories import Advisories, entries, read, touches
from packaging.markers import Marker
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
FILES = ("requirements.txt", "requirements-dev.txt")
EXTRACT = ".ci/advisories"
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


def strangers(pinned: Pins) -> list[str]:
    """Packages of this platform that are installed in another version than the pinned one, or not at all."""
    return [
        f"{name} is pinned to {wanted}, installed is {here or 'nothing'}"
        for name, versions in sorted(pinned.items())
        for wanted, marker in sorted(versions)
        if (not marker or Marker(marker).evaluate()) and (here := _installed(name)) != wanted
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


def main(words: list[str], now: datetime | None = None) -> int:
    """Do what the words ask for and say what was done."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--advisories", type=Path)
    asked.add_argument("--days", type=int, help="refuse advisories that are older")
    given = asked.parse_args(words)
    now, say = now or datetime.now(UTC), sys.stdout.write
    pinned, faults = pinned_here()
    faults += strangers(pinned)
    count = sum(len({one for one, _ in versions}) for versions in pinned.values())
    if not faults:
        say(f"{len(pinned)} dependencies in {count} versions: pinned, hashed and installed as pinned\n")
    folder = given.advisories or ROOT / EXTRACT
    known = read(folder) if folder.is_dir() else None
    missing: list[str] = []
    if known:
        number, hits = compared(known, pinned)
        faults += hits
        missing = sorted(pinned.keys() - known.packages) if known.packages is not None else []
        say(
            f"{count} versions compared with {number} advisories of them ({known.origin}): {len(hits)} found\n"
        )
        say(_warning(known, now))
    say("".join(f"  {fault}\n" for fault in faults))
    is_old = known is not None and given.days is not None and now - known.until > timedelta(days=given.days)
    if missing:
        say(
            f"NOT AUDITED: {', '.join(missing)}: pinned since these advisories were extracted; make the extract anew\n"
        )
    if known is None or is_old:
        say("NOT AUDITED for known vulnerabilities: no advisories, or older than allowed (see SECURITY.md)\n")
    return FOUND if faults else NOT_AUDITED if missing or is_old or known is None else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
