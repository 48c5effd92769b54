"""The keys of the log, derived from the vault's key file: one for every state that the file has had."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from audit.entries import Entry
from keys import key_id, read_keys

PURPOSE = b"netra audit log"


@dataclass(frozen=True)
class Secrets:
    """Keys of the log by name, oldest first; a rotation adds one, and all later entries are sealed with it."""

    by_name: Mapping[str, bytes]

    @property
    def name(self) -> str:
        """The name of the key in force."""
        return list(self.by_name)[-1]

    @property
    def now(self) -> bytes:
        """The key in force."""
        return self.by_name[self.name]

    @property
    def first(self) -> bytes:
        """The oldest key, under which a text has the same hash for ever."""
        return next(iter(self.by_name.values()))

    def rank(self, name: str) -> int:
        """The place of a key among all of them; -1 for a key that is not ours."""
        names = list(self.by_name)
        return names.index(name) if name in names else -1

    def seals(self, entry: Entry) -> bool:
        """Whether one of these keys has sealed the entry as it stands."""
        secret = self.by_name.get(entry.key)
        return secret is not None and hmac.compare_digest(entry.seal(secret), entry.hash)


def open_secrets(key_file: Path) -> Secrets:
    """The keys; the vault's key is made where there is none yet. Others can read it: ContractError."""
    keys = read_keys(key_file)
    states = [keys[: count + 1] for count in range(len(keys))]
    return Secrets({key_id(state): _derived(state) for state in states})


def _derived(keys: tuple[bytes, ...]) -> bytes:
    return hmac.new(b"".join(keys), PURPOSE, hashlib.sha256).digest()
