"""The look at dependencies finds what is there, and never calls an audit what was none."""

import importlib.util
import json
from datetime import UTC, datetime

import pytest

from settings import ROOT

spec = importlib.util.spec_from_file_location("audit", ROOT / ".ci/audit.py")
audit = importlib.util.module_from_spec(spec)
spec.loader.exec_module(audit)

HASH = "--hash=sha256:" + "0" * 64
NOW = datetime(2026, 11, 25, tzinfo=UTC)
RANGE = {
    "type": "ECOSYSTEM",
    "events": [{"introduced": "0"}, {"fixed": "2.0"}, {"introduced": "3.0"}, {"fixed": "3.1"}],
}


def advisory(folder, name="PYSEC-1", modified="2026-11-20T00:00:00Z", **other):
    entry = {"package": {"ecosystem": "PyPI", "name": "Some_Package"}, "ranges": [RANGE], "versions": ["9.9"]}
    record = {"id": name, "modified": modified, "affected": [entry | other.pop("entry", {})]} | other
    (folder / f"{name}.json").write_text(json.dumps(record))


def test_every_dependency_of_this_project_is_pinned_with_hashes():
    for name in audit.FILES:
        found, faults = audit.pins((ROOT / name).read_text())
        assert faults == [] and len(found) > 20


@pytest.mark.parametrize("line", ["a>=1", f"a>=1 {HASH}", "a==1", f"a {HASH}", "git+https://example.org/a"])
def test_what_is_not_pinned_is_named(line):
    assert len(audit.pins(line)[1]) == 1


def test_extras_markers_and_continued_lines_are_pins():
    found, faults = audit.pins(f"a-B[x]==1.0 ; python_version < '3.12' \\\n    {HASH}\n    # via c\n")
    assert (found, faults) == ({"a-b": ("1.0", "python_version < '3.12'")}, [])


def test_another_version_than_the_pinned_one_is_named():
    here = audit.version("pytest")
    assert audit.strangers({"pytest": (here, ""), "absent": ("1", "python_version < '3'")}) == []
    assert len(audit.strangers({"pytest": ("0.1", ""), "absent": ("1", "")})) == 2


@pytest.mark.parametrize(
    ("version", "hit"),
    [("1.9", True), ("2.0", False), ("2.5", False), ("3.0.1", True), ("3.1", False), ("9.9", True)],
)
def test_an_advisory_touches_the_versions_it_names(tmp_path, version, hit):
    advisory(tmp_path)
    found, newest = audit.known(tmp_path, {"some-package": (version, "")})
    assert bool(found) == hit
    assert newest == datetime(2026, 11, 20, tzinfo=UTC)


def test_other_packages_and_withdrawn_advisories_do_not_count(tmp_path):
    advisory(tmp_path, "A", withdrawn="2026-01-01T00:00:00Z")
    advisory(tmp_path, "B", entry={"package": {"ecosystem": "npm", "name": "some-package"}})
    assert audit.known(tmp_path, {"some-package": ("1.9", ""), "other": ("1.9", "")})[0] == []


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.setattr(audit, "ROOT", tmp_path)
    for name in audit.FILES:
        (tmp_path / name).write_text(f"pytest=={audit.version('pytest')} {HASH}\n")
    (tmp_path / "advisories").mkdir()
    return tmp_path


def test_without_advisories_nothing_is_called_audited(project, capsys):
    assert (
        audit.main([], NOW)
        == audit.main(["--advisories", str(project / "nowhere")], NOW)
        == audit.NOT_AUDITED
    )
    assert capsys.readouterr().out.count("NOT AUDITED") == 2


@pytest.mark.parametrize(("modified", "code"), [("2026-11-20T00:00:00Z", 0), ("2024-10-10T00:00:00Z", 3)])
def test_old_advisories_are_no_audit(project, capsys, modified, code):
    advisory(project / "advisories", modified=modified)
    assert audit.main(["--advisories", str(project / "advisories")], NOW) == code
    assert ("NOT AUDITED" in capsys.readouterr().out) == bool(code)


def test_what_is_found_fails(project, capsys):
    package = {"package": {"ecosystem": "PyPI", "name": "pytest"}, "versions": [audit.version("pytest")]}
    advisory(project / "advisories", entry=package)
    assert audit.main(["--advisories", str(project / "advisories")], NOW) == audit.FOUND
    assert "PYSEC-1: pytest" in capsys.readouterr().out
