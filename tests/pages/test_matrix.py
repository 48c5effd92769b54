"""Every page and view in every state and both languages: it stands, it says what it knows, and its charts are their tables.

States: nothing loaded, one government, all 61, a filter that leaves nothing. What is folded away is made as well.
"""

import re
from dataclasses import replace
from html import unescape

import pytest

from language import words
from tests import builders
from tests.opening import open_app
from tests.pages import worlds
from tests.pages.conftest import sound, text
from tests.pages.figures import differences
from ui.explaining import shown
from ui.explaining.parts import PARTS
from ui.frame.address import LOOKS, SECTIONS
from ui.frame.pages import PAGES
from ui.showing import drawing, folded
from ui.unit import parts

ONE = {"pemerintah": worlds.HOME}
AGENCY = {**ONE, "instansi": f"{worlds.HOME}-rsud"}
PICKED = {"banding": f"{worlds.HOME},6471,61"}
VIEWS = {
    "overview": ({}, ONE),
    "regions": (
        *({"ukuran": measure} for measure in ("alleged_rate", "alleged_persons", "followed_up_share")),
        {"bentuk": "tiles"},
        {"tingkat": "province"},
        *({**ONE, "rinci": part} for part in parts.PARTS["government"]),
    ),
    "agencies": (
        *({"lihat": look} for look in LOOKS),
        {"lihat": "funnel", **ONE},
        {"lihat": "rate", "rinci": "employment"},
        *({"lihat": "rate", **PICKED, "lawan": against} for against in ("first", "rest")),
        *({"lihat": look, **PICKED} for look in ("employment", "election")),
        *({**AGENCY, "rinci": part} for part in parts.PARTS["agency"]),
    ),
    "sanctions": tuple(
        {"lihat": look, "rinci": split}
        for look in ("levels", "outcome")
        for split in ("province", "election", "agency")
    ),
    "followup": (
        {},
        {"rinci": "days"},
        {"rinci": "election"},
        {"rinci": "election", "ukuran": "alleged_persons"},
        {"rinci": "shares", "tingkat": "government"},
        {"rinci": "shares", **ONE},
        {"rinci": "bodies"},
    ),
    "published": ({}, ONE, {"rinci": "checks"}, {"rinci": "prevention"}),
    "downloads": (
        *({"tingkat": unit} for unit in ("government", "agency")),
        *({"ukuran": "followed_up_share", "masa": period} for period in ("whole", "election")),
    ),
    "method": tuple({"bagian": part} for part in SECTIONS),
    "corrections": ({},),
}
STATES = ("nothing", "one", "all", "filter")
EMPTY = ("nothing", "filter")
# Elections without a register, of places that voted in them; and one of another province.
FILTER = {"pemilihan": "PSU2021-BANJARMASIN", "provinsi": "65"}
FILTER_OF_ONE = {"pemilihan": "PEMILU2019"}
UNFILTERED = ("method", "published", "corrections")
# What a page must say where nothing is known; a page of published figures knows something else.
UNKNOWN = {
    "id": r"(?i)belum dimuat|belum ada register|di luar data|tidak ikut memilih|tidak ada angka|bukan nol|tidak ada jumlah",
    "en": r"(?i)not loaded|no case register|outside the data|did not vote|no figure|not zero|no number",
}
ZERO = {
    "id": r"\b0 (orang|langkah|unit yang)|: 0 |\b0 dari 0",
    "en": r"\b0 (persons|steps|units that)|: 0 |\b0 of 0",
}


@pytest.fixture(scope="module")
def states(tmp_path_factory):
    return worlds.built(tmp_path_factory.mktemp("matrix"))


class Seen:
    """What one run of a page has drawn and put behind it: pictures and tables by key, explanations."""

    def __init__(self, patch):
        self.pictures, self.tables, self.explained = {}, {}, []
        chart, figure, twin, fold = drawing.chart, drawing.figure, drawing.twin, shown.fold

        def charted(w, picture, key, behind, *beside):
            self.tables[key] = list(behind.tables())
            chart(w, picture, key, behind, *beside)

        def figured(picture, key, **how):
            self.pictures[key] = picture[0]
            figure(picture, key, **how)

        def twinned(w, key, behind):
            self.tables[key] = list(behind.tables())
            twin(w, key, behind)

        def explained(w, key, name, make):
            self.explained += make()
            fold(w, key, name, make)

        def part(w, key, make, selection, *rest):
            self.tables[key] = [make(w, selection)]

        def drawn(w, key, draw, make, selection):
            self.pictures[key] = draw(drawing.look(w), selection)[0]
            self.tables[key] = [make(w, selection)]

        patch.setattr(drawing, "chart", charted)
        patch.setattr(drawing, "figure", figured)
        patch.setattr(drawing, "twin", twinned)
        patch.setattr(shown, "fold", explained)
        patch.setattr(folded, "explained", part)
        patch.setattr(folded, "table", lambda w, title, key, make, selection: part(w, key, make, selection))
        patch.setattr(folded, "twin", drawn)

    def clear(self):
        self.pictures.clear()
        self.tables.clear()
        self.explained.clear()

    def twin(self, key):
        return self.tables.get(key) or self.tables[folded.HOMES[key]]


@pytest.fixture
def walk(states, monkeypatch):
    """`walk(state, language, page)`: every view of a page as (view, app, seen)."""
    seen = Seen(monkeypatch)

    def steps(state, language, page):
        monkeypatch.setenv("NETRA_DATA", str(states[state]))
        app = open_app()
        app.run()
        for view in VIEWS[page]:
            narrowed = {} if state != "filter" else FILTER_OF_ONE if "pemerintah" in view else FILTER
            address = {**view, **narrowed, "bahasa": language}
            seen.clear()
            app.query_params.clear()
            app.query_params.update(address)
            app.switch_page(next(entry.file for entry in PAGES if entry.name == page))
            sound(app.run())
            yield view, app, seen

    return steps


@pytest.fixture(scope="module")
def elections():
    """Names of elections by voting day, in both languages."""
    rows = builders.completed({})["core_election"]
    return {lang: {row["voting_on"]: row[f"name_{lang}"] for row in rows} for lang in ("id", "en")}


def test_the_walk_leaves_out_no_page():
    assert set(VIEWS) == {entry.name for entry in PAGES}


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("page", VIEWS)
@pytest.mark.parametrize("state", STATES)
def test_a_page_stands_and_its_charts_are_their_tables(walk, elections, state, page, language):
    found = []
    for view, app, seen in walk(state, language, page):
        said = unescape(re.sub(r"<style.*?</style>", "", text(app), flags=re.S))
        assert app.title[0].value == words(language)(f"pages.{page}.title"), view
        assert "{" not in said, view
        assert all(set(part.lines) == set(PARTS) for part in seen.explained), view
        for key, figure in seen.pictures.items():
            wrong = differences(key, figure, seen.twin(key), elections[language], language)
            found += [(view, *one) for one in wrong]
        if state in EMPTY and page not in UNFILTERED:
            found += [(view, one) for one in zeros(said, app, seen, language)]
    assert not found, "\n".join(map(str, found[:12]))


def zeros(said, app, seen, language):
    """Where nothing is known: what is shown like a zero, and whether nobody says that it is not known."""
    if not re.search(UNKNOWN[language], said):
        yield "nothing says what is not known"
    yield from (value for value in re.findall(r"netra-value'>([^<]*)<", said) if value == "0")
    alts = [chart.proto.alt for chart in app.get("plotly_chart")]
    yield from (found.group() for line in (said, *alts) for found in re.finditer(ZERO[language], line))
    tables = [table for tables in seen.tables.values() for table in tables]
    yield from (row for table in tables for row in table.rows if {"0", "0%"} & set(row))
    traces = [trace for figure in seen.pictures.values() for trace in figure["data"]]
    yield from (trace for trace in traces if ("error_x" in trace or "error_y" in trace) and trace["x"])


@pytest.mark.parametrize(
    "page", [page for page in VIEWS if page not in ("downloads", "method", "corrections")]
)
def test_a_number_that_is_not_in_the_table_is_found(walk, elections, page):
    """The comparison itself: no digit of a table may be another one without being noticed."""
    for view, _, seen in walk("all", "id", page):
        for key, figure in seen.pictures.items():
            tables = [replace(table, rows=tuple(map(shifted, table.rows))) for table in seen.twin(key)]
            if key == "published_map":
                # It counts the rows of its table, whatever numbers are in them.
                tables = [replace(tables[0], rows=tables[0].rows[::2])]
            if tables != seen.twin(key) and any(any(row) for row in tables[0].rows):
                assert differences(key, figure, tables, elections["id"], "id"), (view, key)


def shifted(row):
    """A row whose numbers are others; its first cell says what it is about."""
    shift = str.maketrans("0123456789", "3456789012")
    return (row[0], *(cell.translate(shift) if isinstance(cell, str) else cell for cell in row[1:]))
