import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from errors import DefinitionError
from language.catalogue import LANGUAGES, catalogue, read

ROOT = Path(__file__).parents[2]
ROOMS = ("charts", "etl", "exports", "language", "metrics", "pages", "ui", "warehouse")


def _strings() -> Iterator[str]:
    """Every text in the code as a pattern: an f-string has any one part of a key in the place of a value."""
    for path in (path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield re.escape(node.value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                parts = (
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+"
                    for part in node.values
                )
                yield "".join(parts)


def _begins(key: str) -> list[str]:
    parts = key.split(".")
    return [".".join(parts[:n]) for n in range(2, len(parts) + 1)]


def test_no_text_is_left_that_nothing_asks_for() -> None:
    """A key counts as asked for where the code has it, or what it begins with up to a dot, or an f-string of its shape."""
    shapes = [
        re.compile(text) for text in set(_strings()) if re.fullmatch(r"[\w.\\+]+", text) and "." in text
    ]
    keys = [key for key in catalogue() if not key.startswith("glossary.")]
    assert not [
        key for key in keys if not any(shape.fullmatch(begin) for shape in shapes for begin in _begins(key))
    ]


def _folder(tmp_path: Path, **files: str) -> Path:
    for name, content in files.items():
        (tmp_path / f"{name}.yml").write_text(content, encoding="utf-8")
    return tmp_path


def test_the_product_catalogue_is_complete_in_both_languages() -> None:
    texts = catalogue()
    assert texts
    assert all(set(entry) == set(LANGUAGES) for entry in texts.values())


def test_a_reader_meets_one_word_for_a_number_that_is_not_told() -> None:
    """It is withheld; suppression is the method, and `suppressed` a column of the files."""
    other = re.compile(r"(?i)\b(un)?suppress(ed|es|ing)?\b")
    named = {
        key for key, entry in catalogue().items() if other.search(f"{entry['en'].one} {entry['en'].other}")
    }
    assert named == {"download.readme.suppression"}


def test_nested_keys_are_joined_with_dots_over_all_files(tmp_path: Path) -> None:
    texts = read(_folder(tmp_path, a='x: {y: {id: "satu", en: "one"}}', b='z.q: {both: "PPPK"}', empty=""))
    assert set(texts) == {"x.y", "z.q"}
    assert texts["x.y"]["id"].other == "satu"
    assert texts["z.q"]["id"] == texts["z.q"]["en"]


def test_a_singular_is_kept_apart(tmp_path: Path) -> None:
    text = read(_folder(tmp_path, a='x: {id: "{n} orang", en: {one: "{n} person", other: "{n} people"}}'))[
        "x"
    ]
    assert (text["en"].one, text["en"].other) == ("{n} person", "{n} people")
    assert text["id"].one == text["id"].other


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ('x: {id: "satu"}', "Exactly the languages"),
        ('x: {id: "satu", en: "one", ms: "satu"}', "Exactly the languages"),
        ('x: {both: "satu", en: "one"}', "Exactly the languages"),
        ('x: {id: "sama", en: "sama"}', "are equal"),
        ('x: {id: "{n} orang", en: "{m} people"}', "different placeholders"),
        ('x: {id: "{n orang", en: "{n} people"}', "different placeholders"),
        ('x: {id: "satu", en: ""}', "missing or empty"),
        ('x: {id: "satu", en: 1}', "missing or empty"),
        ('x: {id: "satu", en: {two: "one"}}', "one and other"),
        ('x: {id: "satu", en: {one: "{m}", other: "one"}}', "singular has a placeholder"),
        ('x: "satu"', "Give the text as"),
        ('x: {id: "a", en: "b"}\nx: {id: "c", en: "d"}', "stands twice"),
        ('no: {id: "a", en: "b"}', "Quote the key"),
        ("- x", "must be a mapping"),
        ("x: {", "Not readable"),
    ],
)
def test_a_faulty_file_is_named_with_its_fault(tmp_path: Path, content: str, fault: str) -> None:
    with pytest.raises(DefinitionError, match=fault) as caught:
        read(_folder(tmp_path, pages=content))
    assert str(caught.value.where).startswith("language/messages/pages.yml")


def test_a_key_in_two_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="another file"):
        read(_folder(tmp_path, a='x: {id: "a", en: "b"}', b='x: {id: "a", en: "b"}'))
