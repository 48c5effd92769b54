"""The entries of `data/corrections`: a strict shape, codes that exist, days in order, and no number of a person."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from errors import DefinitionError
from etl.building.dictionary import read_dictionary
from settings import ROOT, Settings

LONG_NUMBER = re.compile(r"\d[\d .-]{7,}\d")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
Build = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
RECEIPT = re.compile(r"[0-9a-f]{16}:[0-9a-f]{12,64}")
"""A short receipt as it stands under a figure: the build, a colon, and at least twelve characters of the hash of its rows."""
CURE = "Perbaiki berkas itu; lihat data/corrections/README.md."
CURE_OF_A_RECEIPT = (
    'Salin kuitansi seperti tertera di bawah angkanya, dalam tanda kutip: "0123456789abcdef:0123456789ab"; '
    "bangunan seluruhnya ditulis di builds. / Copy the receipt as it stands under the figure, in quotes; whole builds go into builds."
)
Sentence = Annotated[str, Field(min_length=3, max_length=600)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(_Strict):
    """The same in both languages."""

    id: Sentence
    en: Sentence

    @model_validator(mode="after")
    def _says_nobody(self) -> Self:
        assert self.id != self.en, "write it in both languages"
        for text in (self.id, self.en):
            long = [found for found in LONG_NUMBER.findall(text) if not DAY.fullmatch(found)]
            assert not long, "a long number could be a person's"
        return self


class Correction(_Strict):
    """One correction; an empty list of figures, tables, regions or elections means all of them."""

    id: Annotated[str, Field(pattern=r"^K\d{4}-\d{2,3}$")]
    published_on: date
    wrong_since: date
    corrected_on: date | None = None
    last_build: Build | None = None
    kind: Literal["data", "method", "display", "text", "case_status"]
    raised_by: Literal["own", "office", "person", "reader"]
    title: Text
    was: Text
    now: Text
    figures: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    elections: tuple[str, ...] = ()
    builds: tuple[Build, ...] = ()
    receipts: tuple[str, ...] = ()

    @field_validator("receipts")
    @classmethod
    def _are_receipts(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        wrong = [str(place) for place, one in enumerate(given, start=1) if not RECEIPT.fullmatch(one)]
        # What was written there is not repeated: it could be a person's number.
        assert not wrong, f"no receipt at place {', '.join(wrong)} of the list"
        return given

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        assert self.wrong_since <= self.published_on, "wrong_since lies after published_on"
        assert self.corrected_on is None or self.corrected_on > self.wrong_since, (
            "corrected_on is not after wrong_since"
        )
        assert self.corrected_on or not self.last_build, "last_build without corrected_on"
        for name in SCOPES:
            codes = getattr(self, name)
            assert len(set(codes)) == len(codes), f"{name} names something twice"
        return self

    @property
    def named_builds(self) -> frozenset[str]:
        """The builds that it names, by themselves or in a receipt."""
        return frozenset({*self.builds, *(one.partition(":")[0] for one in self.receipts)})


SCOPES = ("figures", "tables", "regions", "elections", "builds", "receipts")


def read_corrections(settings: Settings) -> list[Correction]:
    """All entries in order of their number; a DefinitionError names the file and the entry at fault."""
    found: dict[str, Correction] = {}
    for path in sorted(settings.corrections.glob("*.yml")):
        for entry in _entries(path):
            one = _checked(path, entry)
            if one.id in found:
                raise _fault(path, one.id, "This number stands twice.")
            strange = sorted(_strange(settings, one))
            if strange:
                raise _fault(path, one.id, f"Unknown codes: {', '.join(strange)}")
            found[one.id] = one
    return [found[name] for name in sorted(found)]


def _entries(path: Path) -> Iterable[Any]:
    try:
        content = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as broken:
        raise _fault(path, "", f"Not readable: {type(broken).__name__}") from None
    if content is not None and not isinstance(content, list):
        raise _fault(path, "", "The file must be a list of corrections.")
    return content or []


def _checked(path: Path, entry: Any) -> Correction:
    name = str(entry.get("id", "")) if isinstance(entry, dict) else ""
    try:
        return Correction.model_validate(entry)
    except ValidationError as broken:
        told = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in broken.errors())
        is_receipt = any(one["loc"][:1] == ("receipts",) for one in broken.errors())
        raise _fault(path, name, told[:300], CURE_OF_A_RECEIPT if is_receipt else CURE) from None


def _strange(settings: Settings, one: Correction) -> Iterator[str]:
    """Codes that no catalogue has."""
    known = {
        "figures": {*_metrics(), *_column(settings.published / "violations.csv", "figure_id"),
                    *_column(settings.published / "workforce.csv", "figure_id")},
        "tables": set(read_dictionary()),
        "regions": _column(settings.reference / "regions.csv", "code"),
        "elections": _column(settings.reference / "elections.csv", "code"),
    }  # fmt: skip
    for name, codes in known.items():
        yield from (code for code in getattr(one, name) if code not in codes)


def _metrics() -> set[str]:
    return {path.stem for path in (ROOT / "metrics" / "catalogue").glob("*.yml")}


def _column(path: Path, name: str) -> set[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row[name] for row in csv.DictReader(file)}


def _fault(path: Path, entry: str, what: str, cure: str = CURE) -> DefinitionError:
    where = f"data/corrections/{path.name}" + (f" [{entry}]" if entry else "")
    return DefinitionError(f"Koreksi salah. / This correction is wrong: {what}", where, cure)
