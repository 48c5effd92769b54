"""The places that have a fact sheet, what each selects, and what its table is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from language import Words
from metrics.assemble import ISLAND
from ui import results
from warehouse.selection import PARAMETERS, Selection

WHOLE: Final = "kalimantan"
_PROVINCIAL: Final = "pemprov-"
"""Before the code of a province: its government, whose code is that of the province."""
_MOST_ROWS: Final = 16


@dataclass(frozen=True)
class Place:
    """A place by its name in an address, and the one value of the one filter that selects it; Kalimantan has none."""

    code: str
    filter: str = ""
    value: str = ""

    @property
    def parameter(self) -> str:
        """The parameter that selects the place."""
        return PARAMETERS.get(self.filter, "")

    def name(self, w: Words, selection: Selection) -> str:
        """Its name; one of which a part is selected says so."""
        known = results.known(w.lang)
        names = {"provinces": known.provinces, "governments": known.governments}.get(self.filter, {})
        name = names.get(self.value, ISLAND[WHOLE])
        return w("sheet.part", place=name) if self._narrower(selection) else name

    def _narrower(self, selection: Selection) -> bool:
        inner = {"provinces": ("governments", "agencies"), "governments": ("agencies",)}
        return any(
            getattr(selection, name) for name in inner.get(self.filter, ("provinces", *inner["provinces"]))
        )


def of(code: str) -> Place | None:
    """The place of an address; None where there is none."""
    return places().get(code)


def places() -> Mapping[str, Place]:
    """Every place by its name in an address: Kalimantan, the provinces, all governments."""
    provinces = results.known("id").provinces
    found = [Place(WHOLE), *(Place(code, "provinces", code) for code in provinces)]
    for code in results.governments():
        found.append(Place(f"{_PROVINCIAL}{code}" if code in provinces else code, "governments", code))
    return {place.code: place for place in found}


def shown(selection: Selection) -> tuple[Place, dict[str, str]]:
    """The place of a selection, and the parameters that select the rest of it."""
    if len(selection.governments) == 1:
        place = _by_value("governments", selection.governments[0])
    elif len(selection.provinces) == 1 and not selection.governments:
        place = _by_value("provinces", selection.provinces[0])
    else:
        place = Place(WHOLE)
    rest = selection.as_query()
    rest.pop(place.parameter, None)
    return place, rest


def _by_value(name: str, value: str) -> Place:
    return next(place for place in places().values() if (place.filter, place.value) == (name, value))


def is_part(selection: Selection, by: str, unit: str) -> bool:
    """Whether a row of the table holds only some of the governments or agencies of its place."""
    if selection.agencies or not selection.governments or by != "province":
        return bool(selection.agencies)
    own = {code for code, row in results.governments().items() if row.province_code == unit}
    return not own <= set(selection.governments)


def rows(selection: Selection) -> tuple[str, str]:
    """Units and periods of the table: elections of one government, a few governments, or provinces."""
    if len(selection.governments) == 1:
        return "government", "election"
    few = 0 < len(selection.governments) <= _MOST_ROWS
    return ("government" if few or len(selection.provinces) == 1 else "province"), "whole"
