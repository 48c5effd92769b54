"""The house rules that no linter knows: sizes, names of rooms and files, words, and where state may live."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

from settings import ROOT

ROOMS = (
    "audit",
    "language",
    "stats",
    "warehouse",
    "metrics",
    "charts",
    "exports",
    "ui",
    "pages",
    "etl",
    "geo",
)
GROUND = ("app.py", "server.py", "settings.py", "errors.py", "keys.py")
FORBIDDEN_MODULES = {"utils", "helpers", "common", "misc", "util", "helper"}
FORBIDDEN_WORDS = re.compile(r"\b(worst|offenders?|league table|guilty|bad agency)\b", re.IGNORECASE)


def modules() -> list[Path]:
    inside = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    return [*inside, *(ROOT / name for name in GROUND)]


def lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def ids(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", modules(), ids=ids)
def test_modules_and_functions_keep_their_size(path):
    is_page = path.parent.parent.name == "pages" or path.name == "app.py"
    assert lines(path) <= (60 if is_page else 250)
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno + 1 <= 40, node.name


def test_no_module_has_a_name_that_says_nothing():
    assert not [
        path for path in modules() if path.stem in FORBIDDEN_MODULES or path.parent.name in FORBIDDEN_MODULES
    ]


def test_a_room_has_at_most_eight_modules():
    """A room with more than eight modules is two rooms."""
    folders = {path.parent for path in modules() if path.parent != ROOT}
    crowded = {
        ids(folder): count
        for folder in folders
        if (count := len([p for p in folder.glob("*.py") if p.stem != "__init__"])) > 8
    }
    assert not crowded


def test_pages_lie_one_folder_down_and_hold_no_function():
    assert not list((ROOT / "pages").glob("*.py"))
    pages = list((ROOT / "pages").glob("*/*.py"))
    assert len(pages) >= 7
    for path in pages:
        tree = ast.parse(path.read_text("utf-8"))
        assert ast.get_docstring(tree), path
        assert not [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)], path


def test_session_state_lives_in_one_file():
    users = [ids(path) for path in modules() if "session_state" in path.read_text("utf-8")]
    assert users in ([], ["ui/filters.py"])


def test_caches_live_in_two_files_opened_warehouses_and_answers():
    users = [ids(path) for path in modules() if re.search(r"@(st\.cache_|kept\()", path.read_text("utf-8"))]
    assert sorted(users) == ["ui/access/run.py", "ui/results.py"]


def test_charts_are_drawn_in_one_place():
    """There a chart cannot be drawn without its sentence, its table twin and its explanation."""
    users = [ids(path) for path in modules() if "plotly_chart(" in path.read_text("utf-8")]
    assert users == ["ui/showing/drawing.py"]
    bare = [ids(path) for path in modules() if "drawing.figure(" in path.read_text("utf-8")]
    assert sorted(bare) == ["ui/showing/figures.py", "ui/showing/folded.py"]


def test_the_words_we_do_not_use_are_not_used():
    texts = [*(ROOT / "language").rglob("*.yml"), *(ROOT / "metrics").rglob("*.yml"), *modules()]
    found = [
        (ids(path), match.group())
        for path in texts
        for match in FORBIDDEN_WORDS.finditer(path.read_text("utf-8"))
    ]
    assert not found


def test_no_file_of_the_project_names_a_path_of_a_machine():
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    for name in filter(None, tracked):
        path = ROOT / name
        if path.suffix in {".py", ".md", ".yml", ".toml", ".sql", ".txt", ".in", ""} and path.is_file():
            assert not re.search(r"/(root|work)/[a-z.]", path.read_text("utf-8", errors="ignore")), name
