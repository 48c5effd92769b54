"""Advisories in the OSV format: reading them, asking which touch a version, and making a small extract of them.

`python .ci/advisories.py SOURCE FOLDER` writes into FOLDER the advisories of the packages that are pinned here. SOURCE is a
clone of github.com/pypa/advisory-database (its commit and day are noted; without a work tree too), or any folder of OSV
records, such as the unpacked PyPI archive of osv.dev. What is kept of a record: ids, dates, summary, and what it touches.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

FILE = "advisories.json"
KEPT = ("id", "aliases", "published", "modified", "withdrawn", "summary")
# Two events at one version: what was mended there may begin anew there, and what begins there may end there as well.
ORDER = {"fixed": 0, "introduced": 1, "last_affected": 2}

Record = Mapping[str, Any]


@dataclass(frozen=True)
class Advisories:
    """Records up to a day, and the packages that they are all of; None where they are of every package."""

    records: tuple[Record, ...]
    until: datetime
    origin: str
    packages: frozenset[str] | None = None


def read(folder: Path) -> Advisories:
    """What lies in a folder: an extract, a clone, or records. Nothing there is a ValueError."""
    if (folder / FILE).is_file():
        told = json.loads((folder / FILE).read_text("utf-8"))
        origin = f"{told['source']}, commit {told['commit'] or 'unknown'}, {told['licence']}"
        records = tuple(told["records"])
        return Advisories(records, _moment(told["until"]), origin, frozenset(told["packages"]))
    commit, until = _head(folder)
    records = tuple(_of_commit(folder) if commit else _of_folder(folder))
    if not records:
        raise ValueError(f"no advisories in {folder}")
    newest = max(_moment(record["modified"]) for record in records)
    return Advisories(
        records, until or newest, f"{folder.name}, commit {commit}" if commit else str(folder.name)
    )


def entries(record: Record, name: str) -> list[Mapping[str, Any]]:
    """What a record says of a package of PyPI; nothing of one that was withdrawn."""
    if record.get("withdrawn"):
        return []
    return [
        entry
        for entry in record.get("affected") or ()
        if (package := entry.get("package") or {}).get("ecosystem") == "PyPI"
        and canonicalize_name(str(package.get("name", ""))) == name
    ]


def touches(entry: Mapping[str, Any], pinned: str) -> bool:
    """Whether an entry names the version, or one of its ranges holds it. A limit that cannot be read counts as a hit."""
    version = Version(pinned)
    if any(_is_same(one, version) for one in entry.get("versions") or ()):
        return True
    ranges = [one for one in entry.get("ranges") or () if one.get("type") in ("ECOSYSTEM", "SEMVER")]
    return any(_is_inside(one.get("events") or (), version) for one in ranges)


def extract(source: Path, folder: Path, names: Iterable[str]) -> Advisories:
    """Writes the advisories of some packages into a folder, with where they come from; the same source, the same bytes."""
    found, wanted = read(source), sorted(set(names))
    records = sorted(
        (_kept(record, wanted) for record in found.records if any(entries(record, name) for name in wanted)),
        key=lambda record: str(record["id"]),
    )
    commit = _head(source)[0]
    head = {
        "source": "https://github.com/pypa/advisory-database" if commit else source.name,
        "licence": "CC-BY-4.0",
        "commit": commit,
        "until": found.until.isoformat(),
        "changes": "records of other packages, details, references and Git ranges were left out",
        "packages": wanted,
    }
    lines = ",\n".join(json.dumps(record, ensure_ascii=True, sort_keys=True) for record in records)
    folder.mkdir(parents=True, exist_ok=True)
    text = f'{json.dumps(head, indent=1)[:-2]},\n "records": [\n{lines}\n ]\n}}\n'
    (folder / FILE).write_text(text, "utf-8")
    return read(folder)


def _kept(record: Record, names: Iterable[str]) -> dict[str, Any]:
    wanted = [entry for name in names for entry in entries(record, name)]
    touched = [
        {
            "package": {"ecosystem": "PyPI", "name": entry["package"]["name"]},
            "ranges": [
                {"type": one["type"], "events": one["events"]}
                for one in entry.get("ranges") or ()
                if one.get("type") != "GIT"
            ],
            "versions": entry.get("versions") or [],
        }
        for entry in wanted
    ]
    return {name: record[name] for name in KEPT if name in record} | {"affected": touched}


def _is_same(text: object, version: Version) -> bool:
    try:
        return Version(str(text)) == version
    except InvalidVersion:
        return False


def _is_inside(events: Iterable[Mapping[str, str]], version: Version) -> bool:
    """The rule of the OSV schema: events in the order of their versions, each opening or closing what is touched."""
    try:
        steps = sorted(
            (_edge(kind, str(text)), ORDER[kind])
            for event in events
            for kind, text in event.items()
            if kind in ORDER
        )
    except InvalidVersion:
        return True
    # A range without a beginning is one from the beginning.
    inside = all(kind != ORDER["introduced"] for _, kind in steps) and bool(steps)
    for edge, kind in steps:
        if kind == ORDER["introduced"]:
            inside = inside or version >= edge
        elif kind == ORDER["fixed"]:
            inside = inside and version < edge
        else:
            inside = inside and version <= edge
    return inside


def _edge(kind: str, text: str) -> Version:
    """The version of an event. `introduced: 0` stands before every version, pre-releases of 0 too."""
    return Version("0.dev0") if (kind, text) == ("introduced", "0") else Version(text)


def _head(folder: Path) -> tuple[str | None, datetime | None]:
    """Commit and day of a clone; nothing where a folder is none itself."""
    if not ((folder / ".git").exists() or (folder / "HEAD").is_file()):
        return None, None
    commit, _, day = _git(folder, "show", "-s", "--format=%H %cI", "HEAD").decode().strip().partition(" ")
    return commit, _moment(day)


def _of_commit(folder: Path) -> Iterator[Record]:
    with tarfile.open(fileobj=io.BytesIO(_git(folder, "archive", "HEAD", "vulns"))) as packed:
        for member in packed:
            if member.isfile() and (file := packed.extractfile(member)):
                yield from _record(member.name, file.read())


def _of_folder(folder: Path) -> Iterator[Record]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield from _record(path.name, path.read_bytes())


def _record(name: str, content: bytes) -> Iterator[Record]:
    if name.endswith(".json"):
        found = json.loads(content)
    elif name.endswith((".yaml", ".yml")):
        # Every value as it is written: 1.10 is a version and no number.
        found = yaml.load(content, Loader=yaml.CBaseLoader)  # noqa: S506 - it makes texts, lists and mappings only
    else:
        return
    if isinstance(found, dict) and {"id", "modified"} <= set(found):
        yield found


def _git(folder: Path, *words: str) -> bytes:
    # Within a hook, Git's own variables name another repository.
    bare = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return subprocess.run(
        ["git", "-C", str(folder), *words], check=True, capture_output=True, env=bare
    ).stdout


def _moment(text: object) -> datetime:
    found = datetime.fromisoformat(str(text))
    return found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)


def main(words: list[str]) -> int:
    """Makes the extract and says what is in it."""
    from audit import pinned_here

    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("source", type=Path)
    asked.add_argument("folder", type=Path)
    given = asked.parse_args(words)
    found = extract(given.source, given.folder, pinned_here()[0])
    sys.stdout.write(
        f"{len(found.records)} advisories of {len(found.packages or ())} pinned packages, up to {found.until:%Y-%m-%d}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
