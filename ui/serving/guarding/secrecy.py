"""Where secrets may lie: in the environment or in files of their own, closed to others and outside the repository."""

from __future__ import annotations

import stat
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import settings
from errors import DefinitionError
from settings import ROOT, Exposure, Limits

SECRET_FILES: Final = (".env", ".streamlit/secrets.toml")
SECRET_OPTIONS: Final = ("cookieSecret", "sslKeyFile")


def begin() -> tuple[Exposure, Limits]:
    """How this server is exposed and what it allows; a setting or a secret that may not be ends the process, in words."""
    try:
        demand({"NETRA_KEY_FILE": settings.read().key_file})
        return settings.exposure(), settings.limits()
    except DefinitionError as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(error.exit_code) from None


def demand(files: Mapping[str, Path], root: Path = ROOT) -> None:
    """Refuse to start where a secret lies in the repository or can be read by others: a DefinitionError that says which.

    `files` are the secrets in use, by the name of the setting; one that does not exist yet is no fault.
    """
    for name in SECRET_FILES:
        if (root / name).exists():
            raise _in_repository(name)
    for option, value in _config(root).get("server", {}).items():
        if option in SECRET_OPTIONS and value:
            raise _in_repository(f".streamlit/config.toml ({option})")
    for setting, path in files.items():
        if path.resolve().is_relative_to(root):
            raise _in_repository(setting)
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise DefinitionError(
                "Berkas rahasia terbuka bagi orang lain. / Others can read a secret file.",
                setting,
                "chmod 600.",
            )


def _in_repository(where: str) -> DefinitionError:
    return DefinitionError(
        "Rahasia tidak boleh berada di dalam repositori. / A secret must not lie in the repository.",
        where,
        "Pindahkan ke luar, atau ke lingkungan. / Move it outside, or into the environment.",
    )


def _config(root: Path) -> dict[str, Any]:
    path = root / ".streamlit" / "config.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
