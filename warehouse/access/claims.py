"""The mapping from claims to a scope: strict, so that a claim never gives more than it says.

The role claim holds one of ROLES, alone or as the only item of a list. The scope claim holds places, as a list or as one text
separated by spaces: `province:64`, `government:6472`, `agency:<agency_id>`. A role that is not known, or an official without
any known place, is the public. A place that is not known is left out. Whatever was not understood is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from warehouse.access.scope import PUBLIC, ROLES, Role, Scope

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from settings import SignIn

MOST_PLACES: Final = 100
LONGEST: Final = 80
Doubt = Literal["role", "place", "too_many", "no_place", "place_without_role"]


@dataclass(frozen=True)
class Places:
    """The codes that exist in a build, by kind; an agency that was renamed or merged is none any more."""

    province: AbstractSet[str]
    government: AbstractSet[str]
    agency: AbstractSet[str]


@dataclass(frozen=True)
class Understood:
    """A scope, and what of the claims was not understood: (why, the text as it was claimed, shortened)."""

    scope: Scope
    doubts: tuple[tuple[Doubt, str], ...] = ()


def understood(claims: Mapping[str, Any], names: SignIn, known: Places) -> Understood:
    """The scope of these claims in a build whose places are `known`."""
    role = _role(claims.get(names.role_claim))
    claimed = _texts(claims.get(names.scope_claim))
    if role is None:
        return Understood(PUBLIC, (("role", _short(claims.get(names.role_claim))),))
    if role != "official":
        return Understood(
            Scope(role), (("place_without_role", _short(" ".join(claimed))),) if claimed else ()
        )
    if len(claimed) > MOST_PLACES:
        return Understood(PUBLIC, (("too_many", str(len(claimed))),))
    found: dict[str, list[str]] = {"province": [], "government": [], "agency": []}
    doubts: list[tuple[Doubt, str]] = []
    for text in claimed:
        kind, _, code = text.partition(":")
        if kind in found and code in getattr(known, kind):
            found[kind].append(code)
        else:
            doubts.append(("place", _short(text)))
    if not any(found.values()):
        return Understood(PUBLIC, (*doubts, ("no_place", "")))
    scope = Scope("official", tuple(found["province"]), tuple(found["government"]), tuple(found["agency"]))
    return Understood(scope, tuple(doubts))


def _role(claimed: Any) -> Role | None:
    """The role of a claim; none claimed is the public, anything unclear is None."""
    if claimed is None or claimed in ([], ""):
        return "public"
    texts = [claimed] if isinstance(claimed, str) else claimed
    if isinstance(texts, list) and len(texts) == 1 and texts[0] in ROLES:
        return cast("Role", texts[0])
    return None


def _texts(claimed: Any) -> list[str]:
    if isinstance(claimed, str):
        return claimed.split()
    if isinstance(claimed, list):
        # What is no text keeps its place, so that it is told as not understood.
        return [item if isinstance(item, str) else f"?{item!r}" for item in claimed]
    return [] if claimed is None else [f"?{claimed!r}"]


def _short(claimed: Any) -> str:
    return str(claimed)[:LONGEST]
