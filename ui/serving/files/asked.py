"""An address taken apart: which answer of which build in which form. Nothing in it is ignored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final, cast

from errors import WarehouseError
from exports import offer
from exports.offer import Shape
from exports.rendered import FORMS
from language import LANGUAGES, Words, words
from metrics.assemble import By
from metrics.definition import Definition, Group, definition, definitions
from metrics.result import Periods
from ui import results
from ui.access import run
from ui.frame import address
from ui.serving.files.refusing import fault
from ui.sheet import places
from ui.sheet.places import Place
from warehouse.builds import manifests
from warehouse.selection import PARAMETERS, Selection

CURRENT: Final = "current"
ENDINGS: Final = (*FORMS, "zip")
SPLITS: Final = ("by", "period", "group")
NAMES: Final = (*SPLITS, *PARAMETERS.values())
SHEET_NAMES: Final = (address.LANGUAGE, *PARAMETERS.values())


def build(written: str) -> str:
    """A kept build, the current one where `current` is written; the rest of the run is held to it. Any other is a fault."""
    settings = run.chosen()
    build_id = results.version() if written == CURRENT else written
    if gone := manifests.deleted(settings, build_id):
        raise fault(410, "pruned", build=build_id, day=gone.built_at[:10])
    if not manifests.is_kept(settings, build_id):
        raise fault(404, "build", [kept.build_id for kept in manifests.kept(settings)], build=build_id)
    run.begin(build_id)
    if build_id != manifests.kept(settings)[0].build_id:
        with _readable(build_id):
            results.warehouse()
    return build_id


@contextmanager
def _readable(build_id: str) -> Iterator[None]:
    """An older build may have been made by code that this one no longer understands."""
    try:
        yield
    except WarehouseError as error:
        raise fault(404, "unreadable", build=build_id) from error


def file(name: str) -> tuple[Definition, str]:
    """The metric and the form that a file name asks for."""
    metric_id, _, ending = name.partition(".")
    if metric_id not in definitions():
        raise fault(404, "metric", tuple(definitions()), metric=metric_id)
    if ending not in ENDINGS:
        raise fault(404, "form", ENDINGS, form=ending)
    return definition(metric_id), ending


def parameters(pairs: Iterable[tuple[str, str]], allowed: Iterable[str]) -> dict[str, str]:
    """The parameters of an address, each known and given once."""
    found: dict[str, str] = {}
    names = tuple(allowed)
    for name, value in pairs:
        if name not in names:
            raise fault(400, "parameter", names, parameter=name)
        if name in found:
            raise fault(400, "twice", parameter=name)
        found[name] = value
    return found


def shape(metric: Definition, ending: str, given: dict[str, str]) -> Shape:
    """How the answer is split; a split that is not given, or has no places for a form with boundaries, is a fault."""
    by, period = given.get("by", offer.LEVELS[0]), given.get("period", offer.PERIODS[0])
    for name, value, allowed in (("by", by, offer.LEVELS), ("period", period, offer.PERIODS)):
        if value not in allowed:
            raise fault(400, "value", allowed, parameter=name, value=value)
    group = given.get("group") or None
    asked = Shape(cast("By", by), cast("Periods", period), cast("Group | None", group))
    if not offer.offered(metric, asked):
        raise fault(404, "value", offer.groups(metric, by, period), parameter="group", value=group or "")
    levels = FORMS[ending].levels if ending in FORMS else None
    if levels is not None and by not in levels:
        raise fault(404, "value", levels, parameter="by", value=by)
    return asked


def selection(given: dict[str, str]) -> Selection:
    """The filters; a code, a day or a place that does not exist, or lies outside another filter, is a fault."""
    filters = {name: value for name, value in given.items() if name not in SPLITS}
    reading = address.read(filters, results.known("id"))
    if reading.ignored:
        name, _, value = reading.ignored[0].partition("=")
        raise fault(404, "code", parameter=name, value=value)
    return reading.selection


def sheet(written: str, given: dict[str, str]) -> tuple[Words, Place, Selection]:
    """The language, the place and the filters of a fact sheet; a place that has none, or that a filter denies, is a fault."""
    place = places.of(written)
    if place is None:
        raise fault(404, "place", tuple(places.places()), place=written)
    filters = dict(given)
    lang = filters.pop(address.LANGUAGE, "") or LANGUAGES[0]
    if lang not in LANGUAGES:
        raise fault(400, "value", LANGUAGES, parameter=address.LANGUAGE, value=lang)
    if place.parameter:
        other = filters.get(place.parameter) or place.value
        if other != place.value:
            raise fault(404, "code", (place.value,), parameter=place.parameter, value=other)
        filters[place.parameter] = place.value
    return words(lang), place, selection(filters)
