from __future__ import annotations

from bench.load_once import Marks
from bench.pages import subsets
from bench.visit import kind_of


def test_a_step_lasts_until_the_next():
    marks = Marks()
    marks.steps = [("a", 1.0), ("b", 3.0)]
    assert marks.lasted(3.5) == {"a": 2.0, "b": 0.5}


def test_every_choice_is_asked_once():
    found = list(subsets(("x", "y", "z")))
    assert found[:4] == [("x",), ("y",), ("z",), ("x", "y")]
    assert len(set(found)) == 7


def test_files_are_told_by_their_endings():
    assert [kind_of(path) for path in ("/static/js/a.js", "/app/static/geo/b.1.geojson", "/wilayah")] == [
        "scripts",
        "geometry",
        "other",
    ]
