"""Every page and every download, asked with every role and with places of one's own and of others."""

import threading
from itertools import product

import pandas as pd
import pytest

from language import words
from metrics.definition import definitions
from tests.ui.access.conftest import FOREIGN, content
from ui import download, results
from ui.access import own as own_questions
from ui.access import run
from ui.followup import told
from ui.frame.pages import CASES, PAGES
from ui.showing import tables
from warehouse.access.scope import PUBLIC, Scope
from warehouse.selection import Selection

ROLES = {
    "public": ("public", ()),
    "researcher": ("researcher", ()),
    "researcher_with_places": ("researcher", ("government:6402",)),
    "steward": ("steward", ("province:64",)),
    "unknown": ("admin", ("province:64",)),
    "official_of_nowhere": ("official", ("province:99",)),
    "official": ("official", ("government:6402",)),
    "official_of_an_agency": ("official", ("agency:6402-rsud",)),
}
VIEWS = {
    "all": {},
    "foreign_government": {"pemerintah": "6472"},
    "foreign_province": {"provinsi": "61", "rinci": "days"},
    "foreign_agency": {"pemerintah": "6171", "instansi": "6171-dinas-pendidikan"},
}
NAMES = [entry.name for entry in (*PAGES, CASES)]
OFFICIALS = ("official", "official_of_an_agency")
OFFICIAL = Scope("official", governments=("6402",))


@pytest.mark.parametrize("page", NAMES)
def test_every_page_shows_of_foreign_places_what_the_public_sees(visit, people, page):
    """The roles look first, so that whatever they leave in a cache would show up for the public."""
    users = {name: people.add(name, *role) for name, role in ROLES.items()}
    app = visit(None, page)
    for view, address in VIEWS.items():
        # Roles without places are the public to every question: one view tells.
        asking = users if view == "all" else {name: users[name] for name in OFFICIALS}
        seen = {name: content(visit(user, page, app, **address)) for name, user in asking.items()}
        public = content(visit(None, page, app, **address))
        assert "SECRET-" not in "".join(public)
        assert (page == "cases" and view == "all") is ("SECRET-6402" in "".join(seen["official"]))
        for name, shown in seen.items():
            for place in FOREIGN:
                assert f"SECRET-{place}-" not in "".join(shown), (view, name)
            if name in OFFICIALS and (view == "all" or page == "cases"):
                continue
            assert shown == public, (view, name)


@pytest.mark.parametrize("page", NAMES)
def test_two_sessions_side_by_side_see_each_their_own(visit, people, page):
    """Runs of two officials and the public follow each other in one process, through one address."""
    first, second = (
        people.add("a", "official", ["government:6402"]),
        people.add("b", "official", ["government:6171"]),
    )
    address = {"pemerintah": "6402", "lihat": "rate", "rinci": "all"}
    app = visit(None, page)
    once = {
        name: content(visit(user, page, app, **address))
        for name, user in (("a", first), ("b", second), ("p", None))
    }
    again = {
        name: content(visit(user, page, app, **address))
        for name, user in (("p", None), ("b", second), ("a", first))
    }
    assert once == again
    if page == "cases":
        assert "SECRET-6402-" in "".join(once["a"])
        assert "SECRET-" not in "".join(once["b"] + once["p"])
    else:
        assert once["b"] == once["p"]
        assert "SECRET-" not in "".join(once["a"] + once["b"])


def test_an_official_sees_own_figures_in_full_beside_the_others(visit, people):
    user = people.add("a", "official", ["government:6402"])
    full = "".join(content(visit(user, "overview", pemerintah="6402")))
    public = "".join(content(visit(None, "overview", pemerintah="6402")))
    assert "lingkup Anda, tidak disamarkan" in full
    assert "lingkup Anda" not in public
    assert "<dd class='netra-value'>4</dd>" in full
    assert "<dd class='netra-value'>4</dd>" not in public
    assert "Angka lingkup Anda" in "".join(content(visit(user, "followup", pemerintah="6402")))
    assert "Angka lingkup Anda" not in "".join(content(visit(user, "followup", pemerintah="6472")))
    english = "".join(content(visit(user, "overview", pemerintah="6402", bahasa="en")))
    assert "your scope, nothing withheld" in english


def test_a_banner_says_as_whom_one_is_signed_in_and_what_was_not_understood(visit, people):
    user = people.add("a", "official", ["government:6402", "province:99"])
    told = "\n".join(text.value for text in visit(user).markdown)
    assert "pejabat" in told
    assert "`province:99`" in told
    told = "\n".join(text.value for text in visit(people.add("b", "admin")).markdown)
    assert "`admin`" in told
    assert "umum" in told


def test_only_officials_have_the_page_of_cases_in_their_menu(visit, people):
    def links(user):
        return [link.proto.label for link in visit(user).get("page_link")]

    assert "Perkara lingkup saya" in links(people.add("a", "official", ["government:6402"]))
    for name in ("public", "researcher", "steward", "unknown", "official_of_nowhere"):
        assert "Perkara lingkup saya" not in links(people.add(name, *ROLES[name]))
    assert "Perkara lingkup saya" not in links(None)


@pytest.mark.parametrize("scope", [OFFICIAL, Scope("official", agencies=("6402-rsud",))])
def test_every_download_is_the_publics_whoever_asks(site, scope):
    """Files are made of what everybody sees: an own figure leaves the screen in no file."""
    for by, period, selection in product(
        ("kalimantan", "province", "government", "agency"), ("whole", "election"),
        (Selection(governments=("6402",)), Selection()),
    ):  # fmt: skip
        for metric_id in list(definitions())[:2]:
            run.begin()
            run.see_as(scope)
            results.shown(results.of(metric_id, selection, by, period))
            own = download.archive(results.of(metric_id, selection, by, period))
            run.begin()
            assert own == download.archive(results.of(metric_id, selection, by, period))
            assert b"SECRET-" not in own


def test_figures_of_the_own_scope_are_kept_for_that_scope_alone(site):
    """The scope is part of every key: whoever asks next, in any order, gets what is theirs."""
    chosen, order = (
        Selection(governments=("6402",)),
        [OFFICIAL, PUBLIC, Scope("official", governments=("6171",)), OFFICIAL],
    )
    for _ in range(2):
        for scope in order:
            run.begin()
            run.see_as(scope)
            shown = results.shown(results.of("alleged_persons", chosen, "government")).frame
            clock = own_questions.ask(told.asked.follow_up, chosen)
            assert bool(shown["events"].sum() == 4) is (scope == OFFICIAL)
            assert (clock.persons.least == 4 == clock.persons.most) is (scope == OFFICIAL)
            assert clock.k == (1 if scope == OFFICIAL else 5)
        order.reverse()
    run.begin()


def test_fifty_sessions_of_three_scopes_at_once_never_see_each_others_figures(site):
    scopes = [OFFICIAL, PUBLIC, Scope("official", governments=("6171",))] * 17
    selections = [Selection(governments=(code,)) for code in ("6402", "6171", "6472")]
    faults, gate = [], threading.Barrier(len(scopes))

    def look(scope):
        gate.wait()
        for selection in selections:
            run.begin()
            run.see_as(scope)
            public = results.of("alleged_persons", selection, "government")
            shown = results.shown(public)
            is_own = bool(set(selection.governments) & set(scope.governments))
            if bool(shown.own) is not is_own or (not is_own and shown is not public):
                faults.append((scope, selection))

    threads = [threading.Thread(target=look, args=(scope,)) for scope in scopes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults


def test_a_thread_that_nobody_signed_in_sees_the_public(site):
    run.begin()
    run.see_as(OFFICIAL)
    found = []
    thread = threading.Thread(target=lambda: found.append(run.scope()))
    thread.start()
    thread.join()
    run.begin()
    assert found == [PUBLIC]
    assert run.scope() == PUBLIC


def test_the_table_twin_marks_own_rows_and_no_other(site):
    run.begin()
    run.see_as(OFFICIAL)
    result = results.of("alleged_persons", Selection(), "government")
    twin = tables.of_result(words("id"), results.shown(result))
    marked = [row[0] for row in twin.rows if "lingkup Anda" in row[-1]]
    run.begin()
    public = tables.of_result(words("id"), results.of("alleged_persons", Selection(), "government"))
    assert len(marked) == 1
    assert [row for row in twin.rows if row[0] not in marked] == [
        row for row in public.rows if row[0] not in marked
    ]
    pd.testing.assert_frame_equal(
        result.frame, results.of("alleged_persons", Selection(), "government").frame
    )
