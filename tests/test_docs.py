"""Docs cannot fall behind: settings, errors, tables, metrics and commands are documented, and links lead somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from settings import ROOT

DOCS = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_every_setting_is_in_the_readme():
    for name in re.findall(r'"(NETRA_[A-Z_]+)"', text("settings.py")):
        assert f"`{name}`" in text("README.md"), name


def test_every_error_and_its_exit_code_is_in_the_readme():
    for code in re.findall(r"exit_code = (1\d)", text("errors.py")):
        assert re.search(rf"\b{code}\b", text("README.md")), code


def test_every_make_target_that_is_named_exists():
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE))
    for path in DOCS:
        for target in re.findall(r"`make ([a-z]+)", path.read_text("utf-8")):
            assert target in targets, (path.name, target)


def test_every_command_that_is_named_exists():
    known = subprocess.run(
        [sys.executable, "-m", "etl", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    for path in DOCS:
        for command in re.findall(r"python -m etl ([a-z]+)", path.read_text("utf-8")):
            assert command in known, (path.name, command)


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_links_to_files_lead_somewhere(path: Path):
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text("utf-8")):
        assert (path.parent / target).exists(), target


def test_every_metric_says_what_it_cannot_say_in_both_languages():
    for path in sorted((ROOT / "metrics" / "catalogue").glob("*.yml")):
        metric = yaml.safe_load(path.read_text("utf-8"))
        for part in ("title", "question", "formula", "limits"):
            assert set(metric[part]) == {"id", "en"}, (path.name, part)


def test_published_and_reference_data_are_described():
    described = text("data/README.md")
    for path in [*(ROOT / "data" / "reference").glob("*.csv"), *(ROOT / "data" / "published").glob("*.csv")]:
        assert path.name in described, path.name
