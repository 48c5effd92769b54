"""A reader sees a new build on the next run, is told so once, and every page says which build it shows."""

import pytest

from tests import builders
from tests.pages.conftest import PAGES, sound, text
from ui.frame.edition import SHOWN_SECONDS


def publish(folder, build_id, persons=7, made="2026-11-23T03:15:00Z"):
    receipt = {
        "build_id": build_id,
        "built_at": made,
        "as_of": builders.AS_OF,
        "is_simulated": True,
    }
    rows = {
        "mart_workforce": [builders.heads(9000)],
        "mart_case": [builders.case() for _ in range(persons)],
        "core_build": [receipt],
    }
    builders.build(folder, rows, build_id=build_id)


def told(app):
    return [box.value for box in app.info]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_at_its_foot_which_build_it_shows(start, tmp_path, page):
    publish(tmp_path, "edition1")
    assert "Bangunan data edition1, dibuat 23 November 2026 pukul 03.15 UTC" in text(
        start(page, folder=tmp_path)
    )
    assert "Data build edition1, made 23 November 2026, 03.15 UTC" in text(
        start(page, folder=tmp_path, bahasa="en")
    )


def test_without_a_build_the_foot_says_so(start, tmp_path):
    assert "Belum ada bangunan data." in text(start(folder=tmp_path))


def test_a_receipt_without_a_moment_is_no_fault(start, tmp_path):
    publish(tmp_path, "edition1", made="")
    assert "Bangunan data edition1, dibuat –" in text(sound(start(folder=tmp_path)))


def test_an_open_session_sees_the_new_build_on_its_next_run_and_is_told_once(start, tmp_path, monkeypatch):
    clock = iter([0.0, 100.0, 101.0, 100.0 + SHOWN_SECONDS, 999.0])
    monkeypatch.setattr("ui.frame.edition.monotonic", lambda: next(clock))
    publish(tmp_path, "edition1")
    app = start(folder=tmp_path)
    assert told(app) == []
    assert ">7<" in text(app)
    publish(tmp_path, "edition2", persons=9)
    sound(app.run())
    assert ">9<" in text(app) and ">7<" not in text(app)
    assert "Bangunan data edition2" in text(app)
    assert len(told(app)) == 1
    assert "bangunan `edition2`" in told(app)[0] and "bangunan `edition1`" in told(app)[0]
    # A run that follows at once, say of a second filter, must not swallow the notice.
    assert len(told(app.run())) == 1
    assert told(app.run()) == []
    assert told(app.run()) == []


def test_the_way_back_to_an_earlier_build_is_told_too(start, tmp_path):
    publish(tmp_path, "edition1")
    publish(tmp_path, "edition2", persons=9)
    app = start(folder=tmp_path)
    (tmp_path / "build" / "current").write_text("warehouse-edition1.duckdb\n")
    app.run()
    assert ">7<" in text(app)
    assert "bangunan `edition1`" in told(app)[0]


def test_a_new_session_is_told_nothing(start, tmp_path):
    publish(tmp_path, "edition1")
    publish(tmp_path, "edition2")
    assert told(start(folder=tmp_path)) == []


def test_one_page_never_mixes_two_builds(start, tmp_path, monkeypatch):
    """The pointer moves while a page is drawn: that page stays with the build it began with."""
    publish(tmp_path, "edition1")
    publish(tmp_path, "edition2", persons=9)
    (tmp_path / "build" / "current").write_text("warehouse-edition1.duckdb\n")
    from ui import layout

    draw = layout.headline

    def swap(*words):
        (tmp_path / "build" / "current").write_text("warehouse-edition2.duckdb\n")
        draw(*words)

    monkeypatch.setattr(layout, "headline", swap)
    app = start(folder=tmp_path)
    assert ">7<" in text(app) and ">9<" not in text(app)
    assert "edition2" not in text(app)
    monkeypatch.setattr(layout, "headline", draw)
    assert ">9<" in text(app.run())
