"""What the package index says of pinned versions: withdrawn, gone, behind, and known to be vulnerable where it knows that.

The index is the one that pip uses. Read are its JSON pages (PEP 691 and 700), with the marks on withdrawn releases (PEP 592)
and on projects (PEP 792), and, where the index has it, the service of known vulnerabilities that pip-audit asks too. Some
indexes know vulnerabilities of the latest release only, or of none. They still have every release: what was mended stands in
a later one, so a pin that is behind is named with the day since which it is, and so is a pin that was compared with nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import distributions
from typing import Any
from urllib.parse import urlsplit

import requests
from packaging.markers import Marker
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import (
    InvalidSdistFilename,
    InvalidWheelFilename,
    canonicalize_name,
    parse_sdist_filename,
    parse_wheel_filename,
)
from packaging.version import Version
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

PUBLIC = "https://pypi.org/simple"
JSON = {"Accept": "application/vnd.pypi.simple.v1+json"}
SECONDS, READERS = 60, 8
AGAIN = Retry(total=3, backoff_factor=0.2, status_forcelist=(502, 503, 504))
CLOSED = ("quarantined",)

Pins = Mapping[str, set[tuple[str, str]]]
Wishes = Mapping[str, Requirement]
"""What this project itself asks for, by name."""


class ClosedError(Exception):
    """The index cannot be reached, or does not speak JSON."""


@dataclass(frozen=True)
class Release:
    """One version: the day of its first file, why it was withdrawn, and whether this Python can install it."""

    version: Version
    since: datetime
    withdrawn: str | None
    fits: bool


@dataclass(frozen=True)
class Behind:
    """A pin with a later release: the first later one and its day, and which package here refuses the latest."""

    name: str
    version: str
    later: Release
    held_by: str | None


@dataclass(frozen=True)
class Said:
    """What the index said of all pins, and the pins whose vulnerabilities it does not know (`name version`)."""

    faults: tuple[str, ...]
    behind: tuple[Behind, ...]
    unknown: tuple[str, ...]


def address() -> str:
    """The index that pip uses."""
    words = [sys.executable, "-m", "pip", "config", "get", "global.index-url"]
    told = subprocess.run(words, capture_output=True, text=True, check=False)
    return (os.environ.get("PIP_INDEX_URL") or told.stdout.strip() or PUBLIC).rstrip("/")


def look_up(pins: Pins, wishes: Wishes, where: str) -> Said:
    """Ask the index for every pinned package. `ClosedError` if it cannot be asked."""
    wanted = [(name, version) for name in pins for version in sorted({one for one, _ in pins[name]})]
    service = where.removesuffix("/simple") + "/pypi"
    with requests.Session() as session, ThreadPoolExecutor(READERS) as readers:
        session.verify = os.environ.get("PIP_CERT") or True
        for kind in ("https://", "http://"):
            session.mount(kind, HTTPAdapter(pool_maxsize=READERS, max_retries=AGAIN))
        pages = dict(
            zip(pins, readers.map(lambda name: _answer(session, f"{where}/{name}/"), pins), strict=True)
        )
        if not any(pages.values()):
            raise ClosedError(f"{_host(where)} has none of the pinned packages")
        told = list(readers.map(lambda pin: _vulnerabilities(session, service, *pin), wanted))
    faults = [fault for name in pins for fault in _faults(name, pins[name], pages[name])]
    faults += [fault for some in told for fault in some or ()]
    behind = [
        one for name in pins if (page := pages[name]) for one in _behind(name, pins[name], page, wishes)
    ]
    unknown = [
        f"{name} {version}" for (name, version), some in zip(wanted, told, strict=True) if some is None
    ]
    return Said(tuple(sorted(faults)), tuple(sorted(behind, key=lambda one: one.later.since)), tuple(unknown))


def releases(page: Mapping[str, Any]) -> dict[Version, Release]:
    """The releases of a page by version. A release is withdrawn when all of its files are."""
    files: dict[Version, list[Mapping[str, Any]]] = {}
    for file in page["files"]:
        if (version := _version(file["filename"])) is not None:
            files.setdefault(version, []).append(file)
    return {version: _release(version, some) for version, some in files.items()}


def _release(version: Version, files: list[Mapping[str, Any]]) -> Release:
    days = [datetime.fromisoformat(file["upload-time"]) for file in files if file.get("upload-time")]
    marks = [file.get("yanked") or False for file in files]
    withdrawn = next((str(mark) for mark in marks if isinstance(mark, str)), "no reason given")
    fits = any(_fits(file.get("requires-python")) for file in files)
    return Release(
        version, min(days, default=datetime.max.replace(tzinfo=UTC)), withdrawn if all(marks) else None, fits
    )


def _faults(name: str, wanted: set[tuple[str, str]], page: Mapping[str, Any] | None) -> Iterator[str]:
    if page is None:
        yield f"{name}: the index does not have this package any more"
        return
    status = page.get("project-status") or {}
    if status.get("status") in CLOSED:
        yield f"{name}: the index has put this package into {status['status']}: {status.get('reason') or 'no reason given'}"
    there = releases(page)
    for version, _ in sorted(wanted):
        release = there.get(Version(version))
        if release is None:
            yield f"{name} {version}: the index does not have this version any more"
        elif release.withdrawn:
            yield f"{name} {version}: withdrawn: {release.withdrawn}"


def _behind(
    name: str, wanted: set[tuple[str, str]], page: Mapping[str, Any], wishes: Wishes
) -> Iterator[Behind]:
    """Pins of this Python and platform with a later release that could be installed here."""
    there = releases(page).values()
    for version, marker in sorted(wanted):
        if marker and not Marker(marker).evaluate():
            continue
        usable = [one for one in there if one.fits and not one.withdrawn and not one.version.is_prerelease]
        later = [one for one in usable if one.version > Version(version)]
        if later:
            latest = max(one.version for one in later)
            yield Behind(name, version, min(later, key=lambda one: one.since), held_by(name, latest, wishes))


def held_by(name: str, latest: Version, wishes: Wishes) -> str | None:
    """Who refuses this version of a package: this project itself or an installed package, with what is asked for."""
    if name in wishes and latest not in wishes[name].specifier:
        return f"this project ({wishes[name].specifier})"
    for package in distributions():
        wish = wishes.get(canonicalize_name(package.metadata["Name"]))
        here = {"", *(wish.extras if wish else ())}
        for text in package.requires or ():
            try:
                asked = Requirement(text)
            except InvalidRequirement:
                continue
            holds = asked.marker is None or any(asked.marker.evaluate({"extra": extra}) for extra in here)
            if canonicalize_name(asked.name) == name and holds and latest not in asked.specifier:
                return f"{package.metadata['Name']} ({asked.specifier})"
    return None


def _vulnerabilities(session: requests.Session, service: str, name: str, version: str) -> list[str] | None:
    """What is known of a version; None where nobody can say. Some indexes answer for the latest version only."""
    told = _answer(session, f"{service}/{name}/{version}/json")
    if told is None:
        told = _answer(session, f"{service}/{name}/json")
        if told is None or Version(told["info"]["version"]) != Version(version):
            return None
    if "vulnerabilities" not in told:
        return None
    return [
        f"{one.get('id')}: {name} {version}: {one.get('summary') or ''}".strip(": ")
        for one in told["vulnerabilities"] or ()
        if not one.get("withdrawn")
    ]


def _answer(session: requests.Session, place: str) -> Mapping[str, Any] | None:
    """JSON from there; None where there is nothing. An index that fails or speaks only HTML is `ClosedError`."""
    try:
        reply = session.get(place, headers=JSON, timeout=SECONDS)
        if reply.status_code in (requests.codes.not_found, requests.codes.gone):
            return None
        reply.raise_for_status()
        found = reply.json()
    except requests.RequestException as error:
        raise ClosedError(f"{_host(place)}: {type(error).__name__}") from None
    if not isinstance(found, dict):
        raise ClosedError(f"{_host(place)}: no JSON object")
    return found


def _host(place: str) -> str:
    """The name of a server alone: an address may hold a password."""
    return urlsplit(place).hostname or "no host"


def _version(filename: str) -> Version | None:
    try:
        if filename.endswith(".whl"):
            return parse_wheel_filename(filename)[1]
        return parse_sdist_filename(filename)[1]
    except (InvalidWheelFilename, InvalidSdistFilename, ValueError):
        return None


def _fits(asked: str | None) -> bool:
    try:
        return not asked or ".".join(map(str, sys.version_info[:3])) in SpecifierSet(asked)
    except InvalidSpecifier:
        return True
