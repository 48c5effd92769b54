"""The look at dependencies finds what is there, and never calls an audit what was none."""

import importlib.util
import json
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from settings import ROOT

# Behind everything else: the folder has a module of the name of a room.
sys.path.append(str(ROOT / ".ci"))
import advisories

spec = importlib.util.spec_from_file_location("looking_at_dependencies", ROOT / ".ci/audit.py")
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
        assert faults == [] and len(found) > (0 if "installer" in name else 20)


@pytest.mark.parametrize("line", ["a>=1", f"a>=1 {HASH}", "a==1", f"a {HASH}", "git+https://example.org/a"])
def test_what_is_not_pinned_is_named(line):
    assert len(audit.pins(line)[1]) == 1


def test_extras_markers_and_continued_lines_are_pins():
    found, faults = audit.pins(f"a-B[x]==1.0 ; python_version < '3.12' \\\n    {HASH}\n    # via c\n")
    assert (found, faults) == ({"a-b": {("1.0", "python_version < '3.12'")}}, [])


def test_every_version_of_a_package_counts_that_is_pinned_for_some_python():
    text = f"a==1.0 ; python_version < '3.12' {HASH}\na==2.0 ; python_version >= '3.12' {HASH}\n"
    assert {version for version, _ in audit.pins(text)[0]["a"]} == {"1.0", "2.0"}
    found, _ = audit.pinned_here()
    assert len({version for version, _ in found["numpy"]}) > 1


def test_another_version_than_the_pinned_one_is_named():
    here = audit.version("pytest")
    right = {"pytest": {(here, "")}, "absent": {("1", "python_version < '3'")}}
    assert audit.strangers(right) == []
    assert len(audit.strangers({"pytest": {("0.1", "")}, "absent": {("1", "")}})) == 2
    assert audit.strangers({"uv": {("0.0.1", "")}}) == [] or audit.version("uv")


def hits(folder, version, name="some-package"):
    return audit.compared(advisories.read(folder), {name: {(version, "")}})


@pytest.mark.parametrize(
    ("version", "hit"),
    [
        ("1.9", True), ("2.0", False), ("2.5", False), ("3.0.1", True), ("3.1", False), ("9.9", True), ("9.9.0", True),
        ("2.0rc1", True), ("2.0.post1", False), ("3.0.dev1", False), ("3.1a1", True), ("0.dev0", True), ("0a1", True),
        ("1!1.0", False), ("2.0+local", False),
    ],
)  # fmt: skip
def test_an_advisory_touches_the_versions_it_names(tmp_path, version, hit):
    advisory(tmp_path)
    number, found = hits(tmp_path, version)
    assert (number, bool(found)) == (1, hit)
    assert advisories.read(tmp_path).until == datetime(2026, 11, 20, tzinfo=UTC)


def events(*pairs, kind="ECOSYSTEM"):
    return {"type": kind, "events": [{name: text} for name, text in pairs]}


@pytest.mark.parametrize(
    ("ranges", "inside", "outside"),
    [
        ([events(("introduced", "1.0"), ("last_affected", "1.4"))], ["1.0", "1.4"], ["0.9", "1.4.1", "1.5rc1"]),
        ([events(("introduced", "1.0"), ("last_affected", "1.0"))], ["1.0", "1.0.0"], ["1.0.1"]),
        ([events(("fixed", "3.1"), ("introduced", "3.0"), ("fixed", "1.2"), ("introduced", "1.0"))], ["1.1", "3.0"], ["2.0", "3.1"]),
        ([events(("introduced", "0"), ("fixed", "1.10"))], ["1.9", "1.2"], ["1.10", "1.11"]),
        (
            [events(("introduced", "1.0"), ("fixed", "1.1")), events(("introduced", "2.0"), ("fixed", "2.1"))],
            ["1.0", "2.0"], ["1.1", "2.1"],
        ),
        ([events(("introduced", "1.0"), ("fixed", "2.0"), ("introduced", "2.0"))], ["1.5", "2.0", "7"], ["0.9"]),
        ([events(("introduced", "2.0"))], ["2.0", "99"], ["1.9"]),
        ([events(("fixed", "2.0"))], ["1.9"], ["2.0"]),
        ([events(("introduced", "1.0"), ("fixed", "1.1"), kind="SEMVER")], ["1.0.5"], ["1.1.0"]),
        ([events(("introduced", "0"), ("fixed", "a" * 40), kind="GIT")], [], ["0.1", "99"]),
        ([events(("introduced", "0"), ("fixed", "not-a-version"))], ["0.1", "99"], []),
        ([events()], [], ["1.0"]),
    ],
)  # fmt: skip
def test_ranges_are_read_as_the_schema_says(ranges, inside, outside):
    entry = {"package": {"ecosystem": "PyPI", "name": "a"}, "ranges": ranges}
    assert [advisories.touches(entry, version) for version in inside] == [True] * len(inside)
    assert [advisories.touches(entry, version) for version in outside] == [False] * len(outside)


def test_versions_that_are_listed_count_however_they_are_written():
    entry = {"versions": ["2004d", "1.0.0", "2.0RC1"]}
    assert [advisories.touches(entry, one) for one in ("1.0", "2.0rc1", "2.0", "2004")] == [
        True,
        True,
        False,
        False,
    ]


def test_other_packages_and_withdrawn_advisories_do_not_count(tmp_path):
    advisory(tmp_path, "A", withdrawn="2026-01-01T00:00:00Z")
    advisory(tmp_path, "B", entry={"package": {"ecosystem": "npm", "name": "some-package"}})
    assert hits(tmp_path, "1.9") == (0, [])
    advisory(tmp_path, "C")
    assert hits(tmp_path, "1.9", "other") == (0, [])


def test_numbers_in_yaml_stay_as_they_are_written(tmp_path):
    (tmp_path / "A.yaml").write_text(
        "id: A\nmodified: 2026-11-20T00:00:00Z\naffected:\n- package: {name: some-package, ecosystem: PyPI}\n"
        "  ranges:\n  - type: ECOSYSTEM\n    events: [{introduced: 1.9}, {fixed: 1.10}]\n"
    )
    assert hits(tmp_path, "1.9.5")[1] and not hits(tmp_path, "1.8")[1] and not hits(tmp_path, "1.10")[1]


@pytest.fixture
def clone(tmp_path):
    """A clone with advisories of two packages, and a file that is none."""
    folder = tmp_path / "clone"
    (folder / "vulns" / "some-package").mkdir(parents=True)
    advisory(folder / "vulns" / "some-package", details="long", references=[{"url": "x"}])
    other = {"package": {"ecosystem": "PyPI", "name": "other"}}
    advisory(folder / "vulns" / "some-package", "PYSEC-2", entry=other)
    (folder / "README.md").write_text("no record")
    day = {"GIT_AUTHOR_DATE": "2026-11-21T10:00:00Z", "GIT_COMMITTER_DATE": "2026-11-21T10:00:00Z"}
    person = ["-c", "user.name=test", "-c", "user.email=test@example.org"]
    for words in (["init", "-q"], ["add", "."], [*person, "commit", "-qm", "one"]):
        subprocess.run(["git", "-C", str(folder), *words], check=True, env=git_environment() | day)
    return folder


def git_environment():
    """Git as it is without anybody's settings, and without the repository that a hook names."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return bare | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


def test_an_extract_of_a_clone_holds_what_is_asked_for_with_commit_and_day(clone, tmp_path):
    made = advisories.extract(clone, tmp_path / "extract", ["some-package", "third"])
    told = json.loads((tmp_path / "extract" / "advisories.json").read_text())
    assert (len(told["commit"]), told["licence"], told["packages"]) == (
        40,
        "CC-BY-4.0",
        ["some-package", "third"],
    )
    assert made.until == datetime(2026, 11, 21, 10, tzinfo=UTC) and told["source"].endswith(
        "pypa/advisory-database"
    )
    assert [record["id"] for record in made.records] == ["PYSEC-1"]
    assert not {"details", "references"} & set(made.records[0])
    for version in ("1.9", "2.0", "3.0.1", "9.9"):
        assert hits(tmp_path / "extract", version) == hits(clone, version)


def test_an_extract_of_the_same_source_has_the_same_bytes(clone, tmp_path):
    folders = [tmp_path / name for name in "ab"]
    for folder in folders:
        advisories.extract(clone, folder, ["some-package"])
    first, second = ((folder / "advisories.json").read_bytes() for folder in folders)
    assert first == second


def test_a_clone_without_a_work_tree_is_read_as_well(clone, tmp_path):
    bare = tmp_path / "bare"
    subprocess.run(["git", "clone", "-q", "--bare", str(clone), str(bare)], check=True, env=git_environment())
    assert hits(bare, "1.9") == hits(clone, "1.9") == (1, ["PYSEC-1: some-package 1.9"])


def test_a_clone_is_read_and_not_the_repository_that_a_hook_names(clone, monkeypatch):
    monkeypatch.setenv("GIT_DIR", str(ROOT / "nowhere"))
    assert hits(clone, "1.9") == (1, ["PYSEC-1: some-package 1.9"])


def test_a_folder_without_records_is_no_source(tmp_path):
    with pytest.raises(ValueError, match="no advisories"):
        advisories.read(tmp_path)


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.setattr(audit, "ROOT", tmp_path)
    for name in audit.FILES:
        (tmp_path / name).write_text(f"pytest=={audit.version('pytest')} {HASH}\n")
        (tmp_path / name.replace(".txt", ".in")).write_text("pytest\n")
    (tmp_path / "advisories").mkdir()
    return tmp_path


def look(project, *words):
    return audit.main(["--closed", "--advisories", str(project / "advisories"), *words], NOW)


def test_without_advisories_nothing_is_called_audited(project, capsys):
    assert (
        audit.main(["--closed"], NOW)
        == audit.main(["--closed", "--advisories", str(project / "nowhere")], NOW)
        == audit.NOT_AUDITED
    )
    told = capsys.readouterr().out
    assert told.count("NOT AUDITED") == 2 and "Audited against" not in told


def test_what_is_covered_is_said_loudly_with_its_day_and_its_age(project, capsys):
    advisory(project / "advisories", modified="2024-10-10T00:00:00Z")
    assert look(project) == 0
    told = capsys.readouterr().out
    assert "up to 2024-10-10 ONLY, which is 776 days ago" in told
    assert "Nothing that was published after that day is covered" in told
    assert "1 versions compared with 0 advisories" in told and "NOT AUDITED" not in told


@pytest.mark.parametrize(("modified", "code"), [("2026-11-20T00:00:00Z", 0), ("2024-10-10T00:00:00Z", 3)])
def test_whoever_asks_for_young_advisories_gets_no_audit_by_old_ones(project, capsys, modified, code):
    advisory(project / "advisories", modified=modified)
    assert look(project, "--days", "30") == code
    assert ("NOT AUDITED" in capsys.readouterr().out) == bool(code)


def test_what_is_found_fails(project, capsys):
    package = {"package": {"ecosystem": "PyPI", "name": "pytest"}, "versions": [audit.version("pytest")]}
    advisory(project / "advisories", entry=package)
    assert look(project) == audit.FOUND
    told = capsys.readouterr().out
    assert "PYSEC-1: pytest" in told and "1 versions compared with 1 advisories" in told


def test_an_extract_in_its_place_is_taken_and_a_package_that_it_does_not_know_is_no_audit(project, capsys):
    advisory(project / "advisories")
    advisories.extract(project / "advisories", project / audit.EXTRACT, ["pytest"])
    assert audit.main(["--closed"], NOW) == 0
    advisories.extract(project / "advisories", project / audit.EXTRACT, ["another"])
    assert audit.main(["--closed"], NOW) == audit.NOT_AUDITED
    assert "NOT AUDITED: pytest: pinned since" in capsys.readouterr().out


def test_the_command_extracts_what_is_pinned_here(project, tmp_path, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "audit", audit)
    advisory(
        project / "advisories", entry={"package": {"ecosystem": "PyPI", "name": "pytest"}, "versions": ["1"]}
    )
    assert advisories.main([str(project / "advisories"), str(tmp_path / "out")]) == 0
    assert "1 advisories of 1 pinned packages, up to 2026-11-20" in capsys.readouterr().out
