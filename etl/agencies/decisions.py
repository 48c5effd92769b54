"""What humans have decided about names of agencies: one card per government, `data/agencies/<code>.yml`.

same:                       # a written name: the name of the agency that it means
  DINKES KUTIM: Dinas Kesehatan
different:                  # two names that look alike and are two agencies
- [Dinas Kehutanan, Dinas Kesehatan]
known:                      # names that no list has and that are agencies of their own
- Dinas Ekonomi Kreatif
renamed:                    # from a day on; several names in `from` are a merger
- from: [Dinas Pendidikan, Dinas Kebudayaan]
  to: Dinas Pendidikan dan Kebudayaan
  on: 2017-01-01
  note: Perda 9/2016
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from errors import DefinitionError
from etl.agencies.names import normalise
from etl.cards.card import LONG_NUMBER
from etl.meaning.regions import read_regions


def _name(text: str) -> str:
    if LONG_NUMBER.search(text):
        raise ValueError("holds a long number, which could be a person's")
    if not normalise(text):
        raise ValueError("is no name")
    return " ".join(text.split())


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _there(value: object, empty: object) -> object:
    return empty if value is None else value


Name = Annotated[str, AfterValidator(_name)]
Names = Annotated[tuple[Name, ...], BeforeValidator(lambda value: _there(value, ()))]


class Renaming(BaseModel):
    """From the day `on` the agencies in `former` (in the card: `from`) are the agency `to`."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    former: Annotated[tuple[Name, ...], BeforeValidator(_listed), Field(alias="from", min_length=1)]
    to: Name
    on: date
    note: str | None = None


class Decisions(BaseModel):
    """The card of one government as it is written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    same: Annotated[dict[Name, Name], BeforeValidator(lambda value: _there(value, {}))] = {}
    different: Annotated[tuple[tuple[Name, Name], ...], BeforeValidator(lambda value: _there(value, ()))] = ()
    known: Names = ()
    renamed: Annotated[tuple[Renaming, ...], BeforeValidator(lambda value: _there(value, ()))] = ()


LEFT_TO_PYDANTIC = {"tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp"}


class _CardLoader(yaml.CSafeLoader):
    """YAML without its yes, no, on and off, without days of its own, and without keys that stand twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice is not None:
            raise yaml.constructor.ConstructorError(None, None, f"'{twice}' stands twice", node.start_mark)
        return super().construct_mapping(node, deep)


_CardLoader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag not in LEFT_TO_PYDANTIC]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def decision_file(folder: Path, government: str) -> Path:
    """Where the card of a government lies."""
    return folder / f"{government}.yml"


def place_of(government: str) -> str:
    """The card of a government as messages name it."""
    return f"data/agencies/{government}.yml"


def read_decisions(folder: Path) -> dict[str, Decisions]:
    """All cards by government; one of an unknown government or of another shape is a DefinitionError."""
    known = {region["code"] for region in read_regions()}
    found = {}
    for path in sorted(folder.glob("*.yml")):
        if path.stem not in known:
            raise DefinitionError(
                "Kartu perangkat daerah ini bukan milik salah satu dari 61 pemerintah daerah. / No government has this code.",
                f"data/agencies/{path.name}",
                "Beri nama berkas dengan kode Kemendagri, misalnya 6408.yml.",
            )
        found[path.stem] = parse_decisions(path.read_bytes(), path.stem)
    return found


def read_decisions_of(folder: Path, government: str) -> Decisions:
    """The card of one government; an empty one where none is written."""
    path = decision_file(folder, government)
    return parse_decisions(path.read_bytes(), government) if path.is_file() else Decisions()


def parse_decisions(content: bytes, government: str) -> Decisions:
    """A card from its text; what breaks its shape is a DefinitionError that names file and key."""
    try:
        document = yaml.load(content.decode("utf-8-sig"), Loader=_CardLoader)  # noqa: S506 - a SafeLoader
        return Decisions.model_validate({} if document is None else document)
    except ValidationError as broken:
        faults = [f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in broken.errors()]
        reason = "; ".join(faults)
    except yaml.MarkedYAMLError as broken:
        line = f"baris / line {broken.problem_mark.line + 1}: " if broken.problem_mark else ""
        reason = f"{line}{broken.problem}"
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as broken:
        reason = type(broken).__name__
    raise DefinitionError(
        f"Kartu perangkat daerah salah. / The card of agencies is wrong: {LONG_NUMBER.sub('…', reason)[:400]}",
        place_of(government),
        "Perbaiki kunci itu; susunannya ada di docs/agencies.md.",
    )
