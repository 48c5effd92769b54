"""The providers of sign-ins that the secrets name: the one of `[auth]` itself, and those of `[auth.<name>]`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

SHARED: Final = ("redirect_uri", "cookie_secret")
NEEDED: Final = ("client_id", "client_secret", "server_metadata_url")
"""What each provider must have of its own."""
SHORTEST_SECRET: Final = 32
"""Characters of the secret that signs the cookies; whoever guesses it can sign in as anybody."""
DEFAULT: Final = "default"
"""What Streamlit calls the provider without a name."""
# Streamlit reads the name back from a text that underscores divide, without regard to capitals.
_NAME: Final = re.compile(r"[a-z][a-z0-9]{0,31}")

BUILT_IN: Final = frozenset({"operator", "system", "steward", "unknown"})
"""Whom the audit log names without a provider: the command line, the app itself, the holder of the steward's key."""

Settings = Mapping[str, Any]


def providers(section: Mapping[str, Any]) -> dict[str, Settings]:
    """The settings of each provider by name, the unnamed one first; none where what they share is missing or weak."""
    if not all(section.get(name) for name in SHARED) or len(str(section["cookie_secret"])) < SHORTEST_SECRET:
        return {}
    own = section.get(DEFAULT)
    # Streamlit takes a section of that name for the unnamed provider.
    named = {DEFAULT: own if isinstance(own, Mapping) and own else section} | {
        name: part
        for name, part in section.items()
        if name != DEFAULT and isinstance(part, Mapping) and _NAME.fullmatch(name)
    }
    return {name: part for name, part in named.items() if all(part.get(key) for key in NEEDED)}


def title(name: str, settings: Settings) -> str:
    """What a reader chooses by: `title` of the settings, else the provider's name, else its host."""
    return str(
        settings.get("title")
        or (name if name != DEFAULT else urlsplit(str(settings["server_metadata_url"])).hostname)
    )


def account(name: str, subject: str) -> str:
    """Who signed in, and nobody else's name: what one provider calls its people says nothing of another's, nor of ours.

    The unnamed provider's people are called as it calls them, unless that could be somebody of another provider or of the app.
    """
    is_plain = name == DEFAULT and ":" not in subject and subject not in BUILT_IN
    return subject if is_plain else f"{name}:{subject}"


def account_of(user: Mapping[str, Any]) -> str:
    """Whose claims these are, where they name somebody."""
    return account(str(user.get("provider", DEFAULT)), str(user["sub"])) if user.get("sub") else ""


def is_of(user: Mapping[str, Any], settings: Settings, metadata: Mapping[str, Any]) -> bool:
    """Whether claims were issued by this provider, and for this app."""
    client, audience = settings.get("client_id"), user.get("aud")
    meant = audience if isinstance(audience, list) else [audience]
    return bool(client and user.get("iss")) and client in meant and user["iss"] == metadata.get("issuer")
