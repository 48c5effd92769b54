"""A role and the places whose figures it may see without suppression. Plain values, part of every cache key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

if TYPE_CHECKING:
    from warehouse.selection import Selection

Role = Literal["public", "researcher", "official", "steward"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)


@dataclass(frozen=True)
class Scope:
    """What a reader may see: protected figures of every place, and of the places named here their own cases.

    Only an official has places. A province stands for its own staff and that of all its governments, a government for
    all its agencies; agencies are named as they are now. Codes are kept sorted and once, so that equal scopes hash alike.
    """

    role: Role = "public"
    provinces: tuple[str, ...] = ()
    governments: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("provinces", "governments", "agencies"):
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)))))
        assert self.role == "official" or not self.has_places, "only an official has places"

    @property
    def has_places(self) -> bool:
        """Whether any place is seen without suppression."""
        return bool(self.provinces or self.governments or self.agencies)

    def holds(self, government_code: str, agency_id: str | None = None) -> bool:
        """Whether a government, or one of its agencies, lies wholly inside."""
        return (
            government_code[:2] in self.provinces
            or government_code in self.governments
            or (agency_id is not None and agency_id in self.agencies)
        )

    def holds_all(self, selection: Selection, homes: Mapping[str, str]) -> bool:
        """Whether all rows that a selection can find lie inside; `homes` is the government of every agency."""
        if not self.has_places:
            return False
        if selection.agencies:
            return all(self.holds(homes.get(agency, ""), agency) for agency in selection.agencies)
        if selection.governments:
            return all(map(self.holds, selection.governments))
        return bool(selection.provinces) and set(selection.provinces) <= set(self.provinces)

    def places(self) -> Iterable[tuple[str, str]]:
        """The places as (kind, code)."""
        for kind, codes in (
            ("province", self.provinces), ("government", self.governments), ("agency", self.agencies),
        ):  # fmt: skip
            yield from ((kind, code) for code in codes)


PUBLIC: Final = Scope()
