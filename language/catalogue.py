"""The catalogue of texts: every file of `messages/` read into one mapping and checked."""

from __future__ import annotations

import string
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from errors import DefinitionError

FOLDER = Path(__file__).parent / "messages"
LANGUAGES = ("id", "en")
_LEAVES = ({"id", "en"}, {"both"})
_FORMS = {"one", "other"}


@dataclass(frozen=True)
class Text:
    """One text in one language; `one` differs from `other` only where a language has a singular."""

    other: str
    one: str

    @property
    def placeholders(self) -> frozenset[str]:
        """Names between braces in the general form."""
        return _placeholders(self.other)


Catalogue = Mapping[str, Mapping[str, Text]]


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """All texts of the product by key, then by language; read once."""
    return read(FOLDER)


def read(folder: Path) -> Catalogue:
    """One catalogue from all YAML files of a folder; a DefinitionError names the file and key at fault."""
    found: dict[str, Mapping[str, Text]] = {}
    for path in sorted(folder.glob("*.yml")):
        for key, texts in read_file(path).items():
            if key in found:
                raise _fault(path, key, "This key exists in another file already.")
            found[key] = texts
    return found


def read_file(path: Path) -> Catalogue:
    """The texts of one file, for who needs no others; a DefinitionError names the key at fault."""
    return {key: _texts(leaf, path, key) for key, leaf in _leaves(_load(path), path, "")}


class _StrictLoader(yaml.CSafeLoader):
    """YAML 1.1 keeps the last of two equal keys and reads `no` as a boolean; both would lose texts."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if not isinstance(key, str):
                raise yaml.MarkedYAMLError(problem=f"Quote the key '{key}'.", problem_mark=node.start_mark)
            if keys.count(key) > 1:
                raise yaml.MarkedYAMLError(problem=f"'{key}' stands twice.", problem_mark=node.start_mark)
        return super().construct_mapping(node, deep=deep)


def _load(path: Path) -> Mapping[str, Any]:
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_StrictLoader)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as error:
        raise _fault(path, "", f"Not readable: {error}") from error
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise _fault(path, "", "The file must be a mapping of keys.")
    return content


def _leaves(node: Mapping[str, Any], path: Path, above: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, below in node.items():
        key = f"{above}{name}"
        if not isinstance(below, dict):
            raise _fault(path, key, "Give the text as {id: ..., en: ...} or {both: ...}.")
        if set(below) & {*LANGUAGES, "both"}:
            yield key, below
        else:
            yield from _leaves(below, path, f"{key}.")


def _texts(leaf: Mapping[str, Any], path: Path, key: str) -> Mapping[str, Text]:
    if set(leaf) not in _LEAVES:
        raise _fault(path, key, "Exactly the languages id and en are needed, or both.")
    texts = {lang: _text(leaf.get(lang, leaf.get("both")), path, key) for lang in LANGUAGES}
    if texts["id"].placeholders != texts["en"].placeholders:
        raise _fault(path, key, "The two languages have different placeholders.")
    if "both" not in leaf and texts["id"] == texts["en"]:
        raise _fault(path, key, "The two languages are equal; write {both: ...} if that is meant.")
    return texts


def _text(value: object, path: Path, key: str) -> Text:
    forms = value if isinstance(value, dict) else {"other": value}
    if "other" not in forms or not set(forms) <= _FORMS:
        raise _fault(path, key, "A text with a singular has the forms one and other.")
    written = {form: line for form, line in forms.items() if isinstance(line, str) and line.strip()}
    if len(written) < len(forms):
        raise _fault(path, key, "A text is missing or empty.")
    text = Text(written["other"], written.get("one", written["other"]))
    if not _placeholders(text.one) <= text.placeholders:
        raise _fault(path, key, "The singular has a placeholder the plural does not have.")
    return text


def _placeholders(text: str) -> frozenset[str]:
    try:
        return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)
    except ValueError:
        return frozenset({f"unbalanced braces in {text!r}"})


def _fault(path: Path, key: str, what: str) -> DefinitionError:
    where = f"language/messages/{path.name}" + (f" [{key}]" if key else "")
    return DefinitionError(what, where, "Mend the message file.")
