"""Every chart and key figure of every page has its explanation with all parts, a sentence in both languages, and a table twin.

The walk opens what it finds: a chart that is added without them fails here, whichever page it stands on.
"""

import re
from html import unescape

import pytest

from language import words
from tests.pages.conftest import sound, text
from ui.explaining.parts import PARTS
from ui.explaining.shown import SUFFIX
from ui.frame.pages import PAGES, UNFILTERED
from ui.layout import HEADLINE
from ui.showing.drawing import TWIN
from ui.showing.folded import FOLD, HOMES

VIEWS = {
    "overview": ({},),
    "regions": (
        {},
        {"bentuk": "tiles"},
        {"ukuran": "alleged_persons"},
        {"pemerintah": "6472"},
        *(
            {"pemerintah": "6472", "rinci": part}
            for part in ("election", "employment", "severity", "followup", "agency")
        ),
    ),
    "agencies": (
        {"lihat": "funnel"},
        {"lihat": "ratio"},
        {"lihat": "rate", "banding": "6472,61"},
        {"lihat": "employment"},
        {"lihat": "election"},
        {"pemerintah": "6472", "instansi": "6472-rsud"},
        {"pemerintah": "6472", "instansi": "6472-rsud", "rinci": "election"},
        {"pemerintah": "6472", "instansi": "6472-rsud", "rinci": "severity"},
    ),
    "sanctions": ({}, {"rinci": "election"}, {"lihat": "outcome"}),
    "followup": ({}, {"rinci": "days"}, {"rinci": "election"}, {"rinci": "bodies"}, {"rinci": "shares"}),
    "published": ({}, {"rinci": "checks"}),
    "downloads": ({},),
}
WALK = [(page, view) for page, views in VIEWS.items() for view in views]
PAGES_WITHOUT_NUMBERS = UNFILTERED
OPEN_TWINS = {"spine_government": "between.spine.table", "spine_agency": "between.spine.table"}
# Nothing of it is published for one government or one of its agencies: a sentence stands in place of figure and explanation.
SILENT = {
    ("regions", "employment"): {"id": "Rincian ini tidak diterbitkan", "en": "This detail is not published"},
    ("regions", "severity"): {
        "id": "PPK: Tidak diterbitkan",
        "en": "Persons decided by the appointing official: Not published",
    },
    ("regions", "followup"): {
        "id": "diterbitkan untuk satu pemerintah",
        "en": "published of a single government",
    },
    ("agencies", "election"): {
        "id": "pelanggaran: Tidak diterbitkan",
        "en": "alleged breaches: Not published",
    },
    ("agencies", "severity"): {
        "id": "PPK: Tidak diterbitkan",
        "en": "Persons decided by the appointing official: Not published",
    },
}
# What everybody reads a sentence about and officials of the unit see drawn.
OWN = [
    ("regions", {"pemerintah": "6472", "rinci": "severity"}),
    ("agencies", {"pemerintah": "6472", "instansi": "6472-dinas-pendidikan", "rinci": "severity"}),
    ("agencies", {"pemerintah": "6472", "instansi": "6472-dinas-pendidikan", "rinci": "election"}),
]
# Charts whose sentences say more than their text alternative does.
OWN_SENTENCES = {
    "standing", "spans", "waiting", "clock_pilkada", "clock_pemilu", "ratios", "spine_government", "spine_agency",
    "sides_employment", "sides_election", "bodies",
}  # fmt: skip
HEADS = {"id": "Apa yang dihitung", "en": "What is counted"}


@pytest.fixture(scope="module")
def world(telling):
    """A warehouse in which every page has something to draw."""
    return telling


def keys(app, *kinds):
    """Keys of the elements of a page."""
    ids = [element.proto.id for kind in kinds for element in app.get(kind)]
    return {found.group(1) for each in ids if (found := re.search(r"-([a-z_0-9]+)$", each))}


def opened(start, world, page, view, language):
    """The page with everything open that explains or holds a table, and its charts by key."""
    app = sound(start(page, folder=world, bahasa=language, **view))
    for key in keys(app, "expander"):
        if key.endswith((SUFFIX, TWIN, FOLD)):
            app.session_state[key] = True
    return sound(app.run())


def charts(app):
    return {
        re.search(r"-([a-z_0-9]+)$", chart.proto.id).group(1): chart.proto
        for chart in app.get("plotly_chart")
    }


def lists(app):
    """Terms with their lines of every explanation on the page."""
    found = []
    for element in app.get("html"):
        if "netra-explained" in element.proto.body:
            terms = re.findall(r"<dt>(.*?)</dt>((?:<dd>.+?</dd>)+)", element.proto.body)
            found.append([name for name, _ in terms])
    return found


def test_the_walk_leaves_out_no_page():
    assert {*VIEWS, *PAGES_WITHOUT_NUMBERS} >= {entry.name for entry in PAGES}


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(("page", "view"), WALK, ids=str)
def test_every_chart_and_key_figure_is_explained_and_has_a_table(start, world, page, view, language):
    app = opened(start, world, page, view, language)
    expanders, drawn = keys(app, "expander"), charts(app)
    if silent := SILENT.get((page, view.get("rinci"))):
        assert not drawn and silent[language] in text(app)
    else:
        assert drawn or page == "downloads"
    everything_explained(app, drawn, expanders, language)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(("page", "view"), OWN, ids=str)
def test_what_officials_alone_are_shown_of_their_unit_is_explained_as_well(
    start, sign_in, world, page, view, language
):
    assert not charts(sound(start(page, folder=world, bahasa=language, **view)))
    sign_in(governments=("6472",))
    app = opened(start, world, page, view, language)
    drawn = charts(app)
    assert drawn
    everything_explained(app, drawn, keys(app, "expander"), language)


def everything_explained(app, drawn, expanders, language):
    """Each figure and the key figures have an explanation; each figure also a table twin and a sentence."""
    explained = {key for key in expanders if key.endswith(SUFFIX)}
    for key, proto in drawn.items():
        home = HOMES.get(key)
        assert f"{key}{SUFFIX}" in explained or f"{home}{FOLD}" in expanders, f"{key} is not explained"
        standing_open = key in OPEN_TWINS and words(language)(OPEN_TWINS[key]) in text(app)
        folded = {f"{key}{TWIN}", f"{home}{FOLD}"} & expanders
        assert folded or standing_open, f"{key} has no table twin"
        assert len(proto.alt) > 20 and proto.alt.rstrip().endswith("."), f"{key} has no sentence"
    if any("netra-figures" in element.proto.body for element in app.get("html")):
        assert f"{HEADLINE}{SUFFIX}" in explained
    assert explained or any(key.endswith(FOLD) for key in expanders)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(("page", "view"), WALK, ids=str)
def test_every_explanation_has_all_its_parts_and_shows_what_was_asked(start, world, page, view, language):
    app = opened(start, world, page, view, language)
    folds = [key for key in keys(app, "expander") if key.endswith((SUFFIX, FOLD))]
    found = lists(app)
    assert len(found) >= len(folds)
    assert all(len(parts) == len(PARTS) and parts[0] == HEADS[language] for parts in found)
    # The page of downloads also has the address of its file to copy.
    asked = [element.value for element in app.get("code") if not element.value.startswith("/unduh/v1/")]
    bound = [element for element in app.get("html") if "netra-bound" in element.proto.body]
    assert len(bound) >= len(found) and asked
    assert all(sql.startswith(("SELECT", "WITH")) for sql in asked)
    assert "{" not in re.sub(r"<code>.*?</code>", "", text(app))


@pytest.mark.parametrize(("page", "view"), WALK, ids=str)
def test_what_a_chart_shows_stands_under_it_for_everybody(start, world, page, view):
    """The generated sentence is on the page, not in the text alternative alone, and says something else in each language."""
    said = {}
    for language in ("id", "en"):
        app = sound(start(page, folder=world, bahasa=language, **view))
        told = unescape(text(app))
        for key, chart in charts(app).items():
            assert chart.alt in told or (key in OWN_SENTENCES and "netra-told" in told), key
        said[language] = {key: chart.alt for key, chart in charts(app).items()}
    assert all(said["id"][key] != said["en"][key] for key in said["id"])


SURE = {
    "id": (
        r"(?i)selang|paling banyak|yang dapat dihitung|kebetulan|batas \d|disamarkan|terlalu sedikit|tidak dapat dihitung"
        r"|cacah|tidak dijumlahkan|Tidak ada"
    ),
    "en": (
        r"(?i)interval|at most|can be computed|chance|\d+(\.\d)?% limit|withheld|too few|cannot be computed|full count"
        r"|not added up|no data|There is nobody|No "
    ),
}
# What others have published carries no uncertainty of ours; the explanation says so.
WITHOUT_UNCERTAINTY = {"published_map", "published_dots", "timeline_chart"}


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(("page", "view"), WALK, ids=str)
def test_the_sentence_of_a_chart_says_how_sure_it_is(start, world, page, view, language):
    app = sound(start(page, folder=world, bahasa=language, **view))
    told = [element.proto.body for element in app.get("html") if "netra-told" in element.proto.body]
    assert "**" not in " ".join(told)
    for key, chart in charts(app).items():
        own = " ".join(told) if key in OWN_SENTENCES else chart.alt
        assert key in WITHOUT_UNCERTAINTY or re.search(SURE[language], own), (key, own)


def test_closed_explanations_send_nothing(start, world):
    app = start("sanctions", folder=world)
    assert not lists(app) and not app.get("code")


def test_values_of_filters_stand_beside_the_sql_and_not_in_it(start, world):
    app = start("overview", folder=world, provinsi="64", kepegawaian="PPPK")
    app.session_state[f"{HEADLINE}{SUFFIX}"] = True
    app = sound(app.run())
    bound = [element.proto.body for element in app.get("html") if "netra-bound" in element.proto.body]
    assert any("$measure_00000 = employment_type=PPPK" in line for line in bound)
    assert any("$employment_00000 = PPPK" in line for line in bound)
    # Places are picked from the rows that come back, and the explanation says so.
    assert not any("$provinces" in line for line in bound)
    assert all("'64'" not in element.value and "PPPK" not in element.value for element in app.get("code"))


def test_an_explanation_names_denominator_dates_sources_and_what_is_not_shown(start, world):
    app = start("regions", folder=world)
    app.session_state[f"regions_intervals{SUFFIX}"] = True
    told = text(sound(app.run()))
    assert "Daftar pegawai yang dipakai" in told and "samarinda.csv" in told
    assert "Contoh," in told and "÷" in told
    assert "terlalu sedikit untuk ditampilkan" in told
    assert "telling-1" in told
