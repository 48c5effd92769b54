"""Looks at what this product is made of: `python .ci/audit.py [--advisories FOLDER] [--days N]`.

Always, without a network: every dependency is pinned to one version with its hashes, and that version is the one that is
installed. With a folder of advisories in the OSV format (a checkout of github.com/pypa/advisory-database, or the unpacked
PyPI archive of osv.dev), also whether any pinned version is known to be vulnerable.

Ends with 0 if all that was asked for was done and nothing was found, 1 if something was found, 3 if the advisories are
missing or older than N days (30): then nothing has been audited, and this says so.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import yaml
from packaging.markers import Marker
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).resolve().parent.parent
FILES = ("requirements.txt", "requirements-dev.txt")
PIN = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(\[[^\]]*\])?==(?P<version>\S+)( *; *(?P<marker>.*))?$")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
FOUND, NOT_AUDITED = 1, 3


def pins(text: str) -> tuple[dict[str, tuple[str, str]], list[str]]:
    """Version and marker by name, and what is not pinned or has no hash."""
    found, faults = {}, []
    for line in text.replace("\\\n", " ").splitlines():
        line = line.partition("#")[0].strip()  # noqa: PLW2901
        if not line:
            continue
        asked = PIN.match(HASH.sub("", line).strip())
        if asked is None or not HASH.search(line):
            faults.append(f"not pinned with a hash: {line[:60]}")
        else:
            found[canonicalize_name(asked["name"])] = (asked["version"], asked["marker"] or "")
    return found, faults


def strangers(pinned: dict[str, tuple[str, str]]) -> list[str]:
    """Packages of this platform that are installed in another version than the pinned one, or not at all."""
    return [
        f"{name} is pinned to {wanted}, installed is {here or 'nothing'}"
        for name, (wanted, marker) in sorted(pinned.items())
        if (not marker or Marker(marker).evaluate()) and (here := _installed(name)) != wanted
    ]


def known(folder: Path, pinned: dict[str, tuple[str, str]]) -> tuple[list[str], datetime]:
    """Advisories that touch a pinned version, and the moment of the newest record."""
    newest, found = datetime.min.replace(tzinfo=UTC), []
    for record in _records(folder):
        newest = max(newest, datetime.fromisoformat(str(record["modified"])).astimezone(UTC))
        touched = [] if record.get("withdrawn") else record.get("affected", [])
        for entry in touched:
            name = canonicalize_name(entry.get("package", {}).get("name", ""))
            if (
                entry.get("package", {}).get("ecosystem") == "PyPI"
                and name in pinned
                and _is_hit(entry, pinned[name][0])
            ):
                found.append(
                    f"{record['id']}: {name} {pinned[name][0]}: {record.get('summary') or ''}".strip(": ")
                )
    return sorted(set(found)), newest


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _records(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".yaml", ".json") and path.is_file():
            text = path.read_text(encoding="utf-8")
            record = json.loads(text) if path.suffix == ".json" else yaml.load(text, Loader=yaml.CSafeLoader)
            if isinstance(record, dict) and {"id", "modified"} <= set(record):
                yield record


def _is_hit(entry: dict[str, Any], pinned: str) -> bool:
    if pinned in entry.get("versions", ()):
        return True
    ranges = [each["events"] for each in entry.get("ranges", ()) if each.get("type") == "ECOSYSTEM"]
    return any(_is_inside(events, Version(pinned)) for events in ranges)


def _is_inside(events: list[dict[str, str]], pinned: Version) -> bool:
    inside = False
    for event in events:
        kind, text = next(iter(event.items()))
        try:
            edge = Version(text)
        except InvalidVersion:
            continue
        if kind == "introduced":
            inside = inside or pinned >= edge
        elif kind == "fixed":
            inside = inside and pinned < edge
        elif kind == "last_affected":
            inside = inside and pinned <= edge
    return inside


def main(words: list[str], now: datetime | None = None) -> int:
    """Do what the words ask for and say what was done."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--advisories", type=Path)
    asked.add_argument("--days", type=int, default=30)
    given = asked.parse_args(words)
    read = [pins((ROOT / name).read_text(encoding="utf-8")) for name in FILES]
    pinned = {name: pin for found, _ in read for name, pin in found.items()}
    faults = [fault for _, found in read for fault in found] + strangers(pinned)
    say = sys.stdout.write
    say(f"{len(pinned)} dependencies: pinned, hashed and installed as pinned\n" if not faults else "")
    audited = bool(given.advisories and given.advisories.is_dir())
    if audited:
        hits, newest = known(given.advisories, pinned)
        faults += hits
        audited = (now or datetime.now(UTC)) - newest <= timedelta(days=given.days)
        say(f"compared with advisories up to {newest:%Y-%m-%d}: {len(hits)} found\n")
    say("".join(f"  {fault}\n" for fault in faults))
    if not audited:
        say("NOT AUDITED for known vulnerabilities: no advisories, or older than allowed (see SECURITY.md)\n")
    return FOUND if faults else 0 if audited else NOT_AUDITED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
