"""Settings from environment variables, read once and passed on."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from errors import DefinitionError

ROOT = Path(__file__).resolve().parent
SUPPRESSION_RANGE = (3, 16)
STEWARD_KEY_LENGTH = 16


@dataclass(frozen=True)
class SignIn:
    """How a sign-in is read: the claims that name role and scope, how long it lasts, how often it is asked again."""

    role_claim: str = "netra_role"
    scope_claim: str = "netra_scope"
    hours: int = 8
    recheck_seconds: int = 60


@dataclass(frozen=True)
class Settings:
    """Where things lie and which thresholds hold; every field has a safe default."""

    data: Path = ROOT / "data"
    key_file: Path = Path.home() / ".config" / "netra-kalimantan" / "pseudonym.key"
    engine_url: str | None = None
    suppress_below: int = 5
    keep_years: int = 10
    keep_builds: int = 10
    steward_key: str | None = field(default=None, repr=False)
    account: str = "operator"
    sign_in: SignIn = SignIn()

    @property
    def reference(self) -> Path:
        """Facts of law and geography that come with the code."""
        return ROOT / "data" / "reference"

    @property
    def published(self) -> Path:
        """Published figures that come with the code."""
        return ROOT / "data" / "published"

    @property
    def corrections(self) -> Path:
        """The public list of corrections, which comes with the code."""
        return ROOT / "data" / "corrections"

    @property
    def sources(self) -> Path:
        """Cards of the loaded files."""
        return self.data / "sources"

    @property
    def agencies(self) -> Path:
        """Cards of what humans have decided about names of agencies."""
        return self.data / "agencies"

    @property
    def vault(self) -> Path:
        """Person-level tables, restricted."""
        return self.data / "vault"

    @property
    def build(self) -> Path:
        """Built warehouses and the pointer to the current one."""
        return self.data / "build"


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings of this environment; an impossible value is a DefinitionError that names the variable."""
    standard = Settings()
    return Settings(
        data=Path(environment.get("NETRA_DATA") or standard.data).resolve(),
        key_file=Path(environment.get("NETRA_KEY_FILE") or standard.key_file).expanduser(),
        engine_url=environment.get("NETRA_ENGINE_URL") or None,
        suppress_below=_threshold(environment.get("NETRA_SUPPRESS_BELOW"), standard.suppress_below),
        keep_years=_whole(environment, "NETRA_KEEP_YEARS", standard.keep_years, (0, 100)),
        keep_builds=_whole(environment, "NETRA_KEEP_BUILDS", standard.keep_builds, (0, 10_000)),
        steward_key=_steward_key(environment.get("NETRA_STEWARD_KEY")),
        account=environment.get("NETRA_ACCOUNT") or standard.account,
        sign_in=_sign_in(environment),
    )


def _sign_in(environment: Mapping[str, str]) -> SignIn:
    standard = SignIn()
    return SignIn(
        role_claim=environment.get("NETRA_ROLE_CLAIM") or standard.role_claim,
        scope_claim=environment.get("NETRA_SCOPE_CLAIM") or standard.scope_claim,
        hours=_whole(environment, "NETRA_SIGN_IN_HOURS", standard.hours, (1, 24)),
        recheck_seconds=_whole(environment, "NETRA_RECHECK_SECONDS", standard.recheck_seconds, (1, 3600)),
    )


def _whole(environment: Mapping[str, str], name: str, standard: int, span: tuple[int, int]) -> int:
    text = environment.get(name)
    if not text:
        return standard
    if not text.isdigit() or not span[0] <= int(text) <= span[1]:
        raise DefinitionError(
            f"'{text}' is not possible.", name, f"Use a whole number from {span[0]} to {span[1]}."
        )
    return int(text)


def _threshold(text: str | None, standard: int) -> int:
    if not text:
        return standard
    lowest, highest = SUPPRESSION_RANGE
    if not text.isdigit() or not lowest <= int(text) <= highest:
        raise DefinitionError(
            f"'{text}' is not a threshold.",
            "NETRA_SUPPRESS_BELOW",
            f"Use a whole number from {lowest} to {highest}.",
        )
    return int(text)


def _steward_key(text: str | None) -> str | None:
    if text and len(text) < STEWARD_KEY_LENGTH:
        raise DefinitionError(
            f"Kunci petugas terlalu pendek ({len(text)} tanda). / The steward key is too short.",
            "NETRA_STEWARD_KEY",
            f"Pakai sedikitnya {STEWARD_KEY_LENGTH} tanda acak. / Use at least {STEWARD_KEY_LENGTH} random characters.",
        )
    return text or None


@dataclass(frozen=True)
class Limits:
    """What the server lets one address, one request and one conversation take; `NETRA_<FIELD>` changes each."""

    requests_per_second: int = 30
    files_per_second: int = 500
    uploads_per_minute: int = 30
    header_bytes: int = 16_384
    body_bytes: int = 65_536
    query_bytes: int = 8_192
    query_parameters: int = 40
    parameter_bytes: int = 4_096
    sockets: int = 1_000
    sockets_per_address: int = 200
    messages_per_second: int = 40
    message_bytes: int = 262_144
    idle_seconds: int = 7_200


@dataclass(frozen=True)
class Exposure:
    """How readers reach the server: by TLS or not, and whose word is taken for their address."""

    tls: bool = False
    client_header: str | None = None
    proxies: tuple[str, ...] = ("127.0.0.1", "::1")


def limits(environment: Mapping[str, str] = os.environ) -> Limits:
    """Limits of this environment; anything but a whole number above zero is a DefinitionError that names the variable."""
    found = {}
    for each in fields(Limits):
        variable = f"NETRA_{each.name.upper()}"
        text = environment.get(variable)
        if text and not (text.isascii() and text.isdecimal() and int(text) > 0):
            raise DefinitionError(
                f"'{text}' bukan batas. / is not a limit.",
                variable,
                "Pakai bilangan bulat di atas nol. / Use a whole number above zero.",
            )
        if text:
            found[each.name] = int(text)
    return Limits(**found)


def exposure(environment: Mapping[str, str] = os.environ) -> Exposure:
    """How readers reach this server; an answer that is neither yes nor no is a DefinitionError."""
    tls = environment.get("NETRA_TLS") or "0"
    if tls not in ("0", "1"):
        raise DefinitionError(f"'{tls}' bukan 0 atau 1. / is neither 0 nor 1.", "NETRA_TLS", "1: HTTPS.")
    proxies = environment.get("NETRA_PROXIES")
    return Exposure(
        tls=tls == "1",
        client_header=environment.get("NETRA_CLIENT_HEADER") or None,
        proxies=tuple(part.strip() for part in proxies.split(",")) if proxies else Exposure.proxies,
    )
