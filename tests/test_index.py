"""What the package index says: withdrawn, vanished, behind, vulnerable; and what it cannot say is never called compared."""

import json
import sys
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from settings import ROOT

sys.path.append(str(ROOT / ".ci"))
import index

from tests.test_audit import HASH, NOW, audit

DAY = "2026-11-20T10:00:00Z"


def file(version, day=DAY, name="some_package", **other):
    return {"filename": f"{name}-{version}-py3-none-any.whl", "upload-time": day, "yanked": False} | other


def page(*files, **other):
    return {"files": list(files)} | other


@pytest.fixture
def served():
    """An index on this machine: answers by path, JSON or text; everything else is not found."""
    answers = {}

    class Index(BaseHTTPRequestHandler):
        def do_GET(self):
            answer = answers.get(self.path)
            answer = answer.pop(0) if isinstance(answer, list) and answer else answer
            code = answer if isinstance(answer, int) else 404 if answer is None else 200
            body = answer if isinstance(answer, str) else json.dumps(answer)
            self.send_response(code)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *words):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Index)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    answers["where"] = f"http://127.0.0.1:{server.server_port}/simple"
    yield answers
    server.shutdown()
    server.server_close()


def ask(served, *versions, wishes=None):
    return index.look_up(
        {"some-package": {(one, "") for one in versions}},
        {name: Requirement(text) for name, text in (wishes or {}).items()},
        served["where"],
    )


def told(version, *ids, **other):
    return {
        "info": {"version": version},
        "vulnerabilities": [{"id": one, "summary": "bad"} | other for one in ids],
    }


def test_a_pin_that_is_the_newest_release_has_no_faults(served):
    served["/simple/some-package/"] = page(file("1.0"), file("0.9"), file("1.1rc1"))
    served["/pypi/some-package/1.0/json"] = told("1.0")
    assert ask(served, "1.0") == index.Said((), (), ())


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        (page(file("1.0", yanked="breaks things")), "withdrawn: breaks things"),
        (page(file("1.0", yanked=True)), "withdrawn: no reason given"),
        (page(file("0.9")), "does not have this version any more"),
        (page(file("1.0"), **{"project-status": {"status": "quarantined", "reason": "malware"}}), "quarantined: malware"),
    ],
)  # fmt: skip
def test_what_was_withdrawn_is_a_fault(served, answer, word):
    served["/simple/some-package/"] = answer
    (fault,) = ask(served, "1.0").faults
    assert word in fault and fault.startswith("some-package")


def test_a_release_of_which_one_file_was_withdrawn_stands(served):
    served["/simple/some-package/"] = page(
        file("1.0", yanked="wrong wheel"), file("1.0") | {"filename": "some_package-1.0.tar.gz"}
    )
    assert ask(served, "1.0").faults == ()


def test_a_package_that_is_gone_is_a_fault_and_an_index_without_any_is_none(served):
    with pytest.raises(index.ClosedError, match="none of the pinned packages"):
        ask(served, "1.0")
    served["/simple/other/"] = page(file("1", name="other"))
    pins = {"other": {("1", "")}, "some-package": {("1.0", "")}}
    assert index.look_up(pins, {}, served["where"]).faults == (
        "some-package: the index does not have this package any more",
    )


def test_vulnerabilities_are_those_of_the_pinned_version(served):
    served["/simple/some-package/"] = page(file("1.0"), file("2.0"))
    served["/pypi/some-package/1.0/json"] = told("1.0", "PYSEC-1", "GHSA-2")
    served["/pypi/some-package/2.0/json"] = told("2.0")
    said = ask(served, "1.0", "2.0")
    assert said.faults == ("GHSA-2: some-package 1.0: bad", "PYSEC-1: some-package 1.0: bad")
    assert said.unknown == ()
    served["/pypi/some-package/1.0/json"] = told("1.0", "PYSEC-1", withdrawn=DAY)
    assert ask(served, "1.0").faults == ()


def test_an_index_that_knows_the_latest_version_only_says_nothing_of_others(served):
    served["/simple/some-package/"] = page(file("1.0"), file("2.0"))
    served["/pypi/some-package/json"] = told("2.0", "PYSEC-1")
    said = ask(served, "1.0", "2.0")
    assert (said.faults, said.unknown) == (("PYSEC-1: some-package 2.0: bad",), ("some-package 1.0",))
    del served["/pypi/some-package/json"]["vulnerabilities"]
    assert ask(served, "2.0").unknown == ("some-package 2.0",)


def test_a_later_release_counts_if_this_python_can_install_it(served):
    served["/simple/some-package/"] = page(
        file("1.0"), file("1.1", "2026-10-01T00:00:00Z"), file("1.2"), file("9", **{"requires-python": ">=3.99"}),
        file("3", yanked="oops"), file("4.0a1"),
    )  # fmt: skip
    (behind,) = ask(served, "1.0").behind
    assert (behind.later.version, behind.later.since) == (Version("1.1"), datetime(2026, 10, 1, tzinfo=UTC))
    assert behind.held_by is None
    assert ask(served, "1.2").behind == ()


def test_a_pin_of_another_python_is_not_behind_here(served):
    served["/simple/some-package/"] = page(file("1.0"), file("1.1"))
    pins = {"some-package": {("1.0", "python_version < '3'")}}
    assert index.look_up(pins, {}, served["where"]).behind == ()


def test_who_holds_a_package_back_is_named(served):
    served["/simple/some-package/"] = page(file("1.0"), file("1.1"))
    (behind,) = ask(served, "1.0", wishes={"some-package": "some-package<1.1"}).behind
    assert behind.held_by == "this project (<1.1)"
    assert index.held_by("pydantic-core", Version("99"), {}).startswith("pydantic (==")
    assert index.held_by("pydantic-core", Version(audit.version("pydantic-core")), {}) is None


def test_a_package_holds_back_what_its_extra_asks_for_only_where_that_extra_is_asked_for():
    asked = {"streamlit": Requirement("streamlit[auth]")}
    assert index.held_by("authlib", Version("0.1"), asked) and not index.held_by(
        "authlib", Version("0.1"), {}
    )


@pytest.mark.parametrize("answer", ["<html>no JSON</html>", 503, []])
def test_an_index_that_fails_is_closed_and_not_empty(served, answer):
    served["/simple/some-package/"] = answer
    with pytest.raises(index.ClosedError):
        ask(served, "1.0")


def test_an_index_that_is_busy_for_a_moment_is_asked_again(served):
    served["/simple/some-package/"] = [503, page(file("1.0", yanked="bad"))]
    assert len(ask(served, "1.0").faults) == 1


@pytest.mark.parametrize("answer", [None, "<html>no JSON</html>", 500, []])
def test_a_password_in_an_address_is_not_told(served, answer):
    served["/simple/some-package/"] = answer
    where = served["where"].replace("http://", "http://ci:SECRET@")
    with pytest.raises(index.ClosedError) as closed:
        index.look_up({"some-package": {("1.0", "")}}, {}, where)
    assert "SECRET" not in str(closed.value) and "127.0.0.1" in str(closed.value)


@pytest.fixture
def project(tmp_path, monkeypatch, served):
    """A project with one package of version 1.0, and its index."""
    monkeypatch.setattr(audit, "ROOT", tmp_path)
    monkeypatch.setattr(audit, "strangers", lambda pinned: [])
    (tmp_path / ".ci").mkdir()
    for name in audit.FILES:
        (tmp_path / name).write_text(f"some-package==1.0 {HASH}\n")
        (tmp_path / name.replace(".txt", ".in")).write_text("some-package\n")
    served["/simple/some-package/"] = page(file("1.0"))
    served["/pypi/some-package/1.0/json"] = told("1.0")
    served["root"] = tmp_path
    return served


def look(project):
    return audit.main(["--index", project["where"]], NOW)


def test_an_index_that_tells_of_vulnerabilities_makes_an_audit_of_this_day(project, capsys):
    assert look(project) == 0
    said = capsys.readouterr().out
    assert "on 2026-11-25: 0 found; 1 of them compared with the vulnerabilities" in said
    assert "NO vulnerabilities" not in said and "NOT AUDITED" not in said


def test_what_was_not_compared_is_named_and_nothing_compared_is_no_audit(project, capsys):
    del project["/pypi/some-package/1.0/json"]
    assert look(project) == audit.NOT_AUDITED
    said = capsys.readouterr().out
    assert "Compared with NO vulnerabilities" in said and "some-package 1.0" in said and "NOT AUDITED" in said


def test_a_known_vulnerability_fails_until_it_is_accepted_and_again_after_that(project, capsys):
    project["/pypi/some-package/1.0/json"] = told("1.0", "PYSEC-1")
    assert look(project) == audit.FOUND
    assert "FOUND PYSEC-1: some-package 1.0: bad" in capsys.readouterr().out
    for until, code in (("2026-11-24", audit.FOUND), ("2026-11-25", 0)):
        text = f"id,until,reason\nPYSEC-1,{until},not reached from here\n"
        (project["root"] / audit.ACCEPTED).write_text(text)
        assert look(project) == code
    assert "ACCEPTED PYSEC-1" in (said := capsys.readouterr().out) and "not reached from here" in said


@pytest.mark.parametrize(("day", "code"), [("2026-08-26", 1), ("2026-08-28", 0)])
def test_a_pin_may_not_be_behind_for_long_unless_somebody_holds_it_back(project, capsys, day, code):
    project["/simple/some-package/"] = page(file("1.0"), file("1.1", f"{day}T00:00:00Z"))
    assert look(project) == code
    assert ("behind for more than 90 days" in capsys.readouterr().out) == bool(code)
    (project["root"] / "requirements.in").write_text("some-package<1.1\n")
    (project["root"] / "requirements-dev.in").write_text("")
    (project["root"] / "requirements-installer.in").write_text("")
    assert look(project) == 0
    assert "held back by this project (<1.1)" in capsys.readouterr().out


def test_an_index_that_is_away_is_said_and_is_no_audit(project, capsys):
    project["/simple/some-package/"] = 500
    assert look(project) == audit.NOT_AUDITED
    assert "could not be asked" in (said := capsys.readouterr().out) and "NOT AUDITED" in said


def test_what_is_accepted_in_this_project_has_a_day_and_a_reason():
    rows = audit.accepted([], NOW)
    assert rows == {}
    text = (ROOT / audit.ACCEPTED).read_text("utf-8").splitlines()
    assert text[0] == "id,until,reason" and all(len(line.split(",", 2)) == 3 for line in text)
