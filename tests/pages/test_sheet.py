"""The fact sheet: it prints what the pages say and nothing else, in every state of the data and both languages."""

import itertools
import re
from collections import Counter
from dataclasses import asdict, replace
from datetime import date
from functools import cache
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
import segno

from charts import map as area
from charts.measure import group_name
from charts.shading.verdicts import JUDGED
from exports.sheet import printing
from exports.sheet.content import Part
from language import words
from tests import builders
from tests.exports import printed
from tests.pages import worlds
from tests.pages.conftest import rows, sound, text
from tests.pages.test_editions import publish
from tests.pages.test_receipts import CORRECTION
from ui import results
from ui.access import run
from ui.sheet import link, made, places, sentences
from ui.sheet import rows as sheet_rows
from ui.sheet.rows import SANCTIONS, Counted
from ui.showing import pictures, tables
from warehouse.selection import Selection

BASE = "https://netra.example.go.id"
SAMPLE = ("kalimantan", "64", "6472", "pemprov-64")
REASONS = {"id": "Register belum dimuat", "en": "No register loaded"}
# What is not running text: a picture, what is read out in its place, and what a program reads.
SILENT = {"code", "alt", "lang", "day", "title", "mark", "axis", "state"}


@pytest.fixture(scope="module")
def states(tmp_path_factory):
    return worlds.built(tmp_path_factory.mktemp("sheets"))


@pytest.fixture
def at(monkeypatch):
    """`at(folder)`: from then on the data of this folder are looked at."""

    def held(folder):
        monkeypatch.setenv("NETRA_DATA", str(folder))
        run.begin()

    return held


def selected(code, **more):
    place = places.of(code)
    return place, Selection(**({place.filter: (place.value,)} if place.filter else {}), **more)


def sheet(code, lang="id", base=BASE, **more):
    return made.of(words(lang), *selected(code, **more), base)


@cache
def every(folder, lang="id"):
    """The sheet of every place, by place, where this folder is looked at; made once for all that read them."""
    return {code: sheet(code, lang) for code in places.places()}


def close(told):
    return "".join(told.split())


def texts(value, name=""):
    """All running texts of a sheet."""
    if isinstance(value, dict):
        silent = SILENT | ({"address"} if "short" in value else set())
        return [one for key, part in value.items() if key not in silent for one in texts(part, key)]
    if isinstance(value, list | tuple):
        return [one for part in value for one in texts(part, name)]
    return [value] if isinstance(value, str) and value else []


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("code", SAMPLE)
def test_all_that_the_sheet_says_is_printed(telling, at, code, lang):
    at(telling)
    content = sheet(code, lang)
    paper = close(printed.text(printing.pdf(content)))
    missing = [
        one for one in texts(asdict(content)) if close(one) not in paper and close(one.upper()) not in paper
    ]
    assert not missing
    assert all(close(meaning) in paper for _, meaning in content.places.axis.keys)


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize(
    ("code", "page", "address"),
    [
        ("kalimantan", "overview", {}),
        ("64", "overview", {"provinsi": "64"}),
        ("6472", "regions", {"pemerintah": "6472"}),
        ("pemprov-64", "regions", {"pemerintah": "64"}),
    ],
)
def test_key_figures_are_those_of_the_page(telling, at, start, code, page, address, lang):
    at(telling)
    content = sheet(code, lang)
    seen = text(sound(start(page, folder=telling, bahasa=lang, **address)))
    cards = {
        unescape(title): [unescape(line) for line in re.findall(r"<dd[^>]*>(.*?)</dd>", body)]
        for title, body in re.findall(r"<dt>(.*?)</dt>(.*?)</div>", seen)
    }
    for figure in content.figures:
        assert [figure.value, *figure.lines] == cards[figure.title]


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize(
    ("code", "split"),
    [
        ("kalimantan", ("province", "whole")),
        ("64", ("government", "whole")),
        ("6472", ("government", "election")),
    ],
)
def test_rows_are_those_of_the_table_twin(telling, at, code, split, lang):
    at(telling)
    w, (_, selection) = words(lang), selected(code)
    persons, rate = (tables.of_result(w, results.of(name, selection, *split)) for name in made.FIGURES[:2])
    columns = [rate.head.index(w(f"ui.table.{name}")) for name in ("headcount", "interval", "note")]
    counts = {row[: 1 + (split[1] == "election")]: row[-2] for row in persons.rows}
    found = sheet(code, lang).places.rows
    twins = {row[1] if split[1] == "election" else row[0]: row for row in rate.rows}
    assert found and {row.name for row in found} <= set(twins)
    for row in found:
        twin = twins[row.name]
        assert row.persons == counts[twin[: 1 + (split[1] == "election")]]
        assert [row.staff, row.interval] == [twin[at] for at in columns[:2]]
        assert row.rate in (twin[columns[1] - 1], w("chart.hidden"))
        assert (row.rate == w("chart.hidden")) == (w("chart.hidden") in twin[columns[2]])


def test_places_stand_in_the_order_of_their_codes_and_are_all_there(states, at):
    at(states["all"])
    names = results.governments()
    for code in results.known("id").provinces:
        own = sorted(one for one, row in names.items() if row.province_code == code)
        assert [row.name for row in sheet(code).places.rows] == [names[one].short_name for one in own]
    provinces = results.known("id").provinces
    assert [row.name for row in sheet("kalimantan").places.rows] == [
        provinces[one] for one in sorted(provinces)
    ]


def test_no_small_count_is_on_any_sheet(states, at):
    at(states["all"])
    k, true = (
        results.suppress_below(),
        Counter(row["government_code"] for row in worlds.everything()["mart_case"]),
    )
    few = [code for code, count in true.items() if 0 < count < k]
    assert few
    hidden = 0
    for content in every(states["all"]).values():
        counts = [row.persons for row in content.places.rows]
        counts += [content.figures[0].value, *(one for row in content.severity.rows for one in row[1:])]
        assert not [one for one in counts if one.isdigit() and 0 < int(one) < k]
        hidden += sum("–" in one and one != "–" for one in counts)
        # Who knows the numbers of the rest, knows no more of a withheld one than its range.
        small = re.findall(r"\b(\d+) orang tidak ikut", " ".join(content.sources.lines))
        assert not [one for one in small if 0 < int(one) < k]
    assert hidden
    names = {code: row.short_name for code, row in results.governments().items()}
    shown = {
        row.name: row
        for code in results.known("id").provinces
        for row in every(states["all"])[code].places.rows
    }
    for code in few:
        least, most = map(int, shown[names[code]].persons.split("–"))
        assert least <= true[code] <= most and most >= k - 1
        assert shown[names[code]].rate in ("disamarkan", "–")


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("code", ["kalimantan", "64", "6472"])
def test_where_nothing_is_loaded_every_number_is_a_dash_with_its_reason(states, at, code, lang):
    at(states["nothing"])
    content = sheet(code, lang)
    paper = printed.text(printing.pdf(content))
    assert [figure.value for figure in content.figures] == ["–"] * 3
    assert all(figure.lines for figure in content.figures)
    if code == worlds.HOME:
        # No election has a register or a roster: there is nothing to make rows of.
        assert not content.places.rows and content.places.alt in paper
    else:
        told = {(row.persons, row.rate, row.reason) for row in content.places.rows}
        assert told == {("–", "–", REASONS[lang])} and REASONS[lang] in paper
    assert content.severity.said
    assert not content.mark and "DATA SIMULASI" not in paper


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_sheet_says_that_persons_are_left_out_only_where_they_may_be(telling, states, at, lang):
    w, sure = words(lang), 0
    for folder in (telling, states["all"]):
        at(folder)
        for code, content in every(folder, lang).items():
            count = results.of("alleged_rate", selected(code)[1], "kalimantan").events_out_of_scope
            told = " ".join(content.sources.lines)
            assert (w("ui.source.out_of_scope_few") in told) == (count is None)
            assert not count or w("ui.source.out_of_scope", n=count) in told
            sure += count == 0
    assert sure
    assert "Bisa ada" in words("id")("ui.source.out_of_scope_few")


def test_one_government_alone_and_its_silent_neighbours(states, at):
    at(states["one"])
    mine = sheet(worlds.HOME)
    assert all(re.match(r"\d", row.persons) or row.reason for row in mine.places.rows)
    assert any(re.match(r"\d", row.persons) for row in mine.places.rows)
    around = {row.name: row for row in sheet("64").places.rows}
    assert re.match(r"\d", around["Samarinda"].persons)
    others = [row for name, row in around.items() if name != "Samarinda"]
    assert {(row.rate, row.reason) for row in others} == {("–", "Tanpa daftar pegawai")}
    assert "Tanpa daftar pegawai:" in " ".join(sheet("64").places.notes)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_filter_that_leaves_nothing_says_so_and_shows_no_zero(states, at, lang):
    at(states["all"])
    content = sheet("65", lang, elections=("PSU2021-BANJARMASIN",))
    assert [figure.value for figure in content.figures] == ["–"] * 3
    assert {row.rate for row in content.places.rows} == {"–"}
    assert {row.persons for row in content.places.rows} == {"–"}
    assert all(row.reason for row in content.places.rows)
    assert printing.pdf(content).startswith(b"%PDF")


def test_filters_are_written_in_full(states, at):
    at(states["all"])
    elections = ("PEMILU2019", "PEMILU2024", "PILKADA2018", "PILKADA2020", "PILKADA2024")
    content = sheet("64", elections=elections, employment=("PNS",))
    told = content.filter.lines[0]
    assert all(results.known("id").elections[code] in told for code in elections)
    assert "lainnya" not in told and "PNS" in told
    everywhere = sheet("kalimantan", governments=tuple(results.governments()))
    assert all(row.name in everywhere.filter.lines[0] for row in results.governments().values())
    paper = printing.pdf(everywhere)
    assert close(everywhere.filter.lines[0]) in close(printed.text(paper))
    assert len(printed.pages(paper)) <= 2
    assert everywhere.place == "Kalimantan (sebagian)"


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("code", ["6472", "pemprov-64", "64"])
def test_rows_do_not_overprint_each_other_however_many_and_long(states, at, code, lang):
    at(states["all"])
    content = sheet(code, lang, elections=tuple(results.known(lang).elections))
    long = [replace(row, name=f"{row.name} {row.name} {n}") for n, row in enumerate(content.places.rows)]
    for one in (content, replace(content, places=replace(content.places, rows=long))):
        pages = printed.placed(printing.pdf(one))
        left = next(x for page in pages for x, _, told in page if told == one.places.heads[0])
        gaps, seen = [], 0
        for page in pages:
            below = max((y for _, y, told in page if told == content.severity.title), default=0)
            heights = [y for x, y, _ in page if abs(x - left) < 0.1 and y > below]
            seen += len(heights)
            gaps += [one - other for one, other in itertools.pairwise(heights)]
        assert seen >= len(content.places.rows) + 1
        assert min(gaps) > 8.5, "lines of a name, and rows, stand at least the size of their letters apart"


def test_the_heading_of_the_table_stays_with_it(states, at):
    at(states["all"])
    content, moved = sheet("64"), 0
    for n in range(22, 46):
        filled = replace(content.conclusion, lines=["Kalimat."] * n)
        pages = printed.placed(printing.pdf(replace(content, conclusion=filled)))
        titled, headed = (
            [number for number, page in enumerate(pages) for *_, told in page if told == wanted]
            for wanted in (content.places.title, content.places.heads[0])
        )
        assert titled == headed[:1]
        moved += titled[0]
    assert 0 < moved < 24, "the table moves from the first page to the second"


@pytest.mark.parametrize("lang", ["id", "en"])
def test_simulated_data_are_marked_on_every_page(states, at, lang):
    at(states["all"])
    content = sheet("kalimantan", lang, governments=tuple(results.governments()))
    long = replace(content, filter=Part(content.filter.title, content.filter.lines * 4))
    pages = printed.pages(printing.pdf(long))
    assert len(pages) > 1
    assert all("DATASIMULASI" in close(page) for page in pages)
    assert made.file_name(words(lang), *selected("64")).endswith("_DATA-SIMULASI.pdf")


@pytest.mark.parametrize("lang", ["id", "en"])
def test_with_nothing_to_draw_there_is_no_axis(states, at, lang):
    at(states["all"])
    agency = next(code for code, row in results.agencies().items() if row.government_code == "6472")
    content = sheet("6472", lang, agencies=(agency,))
    assert content.places.rows and {row.mark.high for row in content.places.rows} == {None}
    assert not (content.places.axis.ticks or content.places.axis.keys or content.places.axis.whole)
    paper = printing.pdf(content)
    assert paper.count(b"/Alt") == printing.pdf(sheet("6472", lang)).count(b"/Alt") - 1
    assert all(close(row.name) in close(printed.text(paper)) for row in content.places.rows)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_severities_of_nobody_are_told_as_zero_and_only_they_are(states, telling, at, lang):
    w, seen = words(lang), set()
    for folder in (telling, states["all"]):
        at(folder)
        for code, content in every(folder, lang).items():
            _, selection = selected(code)
            answers = [results.of(name, selection, "kalimantan", "whole", group) for name, group in SANCTIONS]
            told = {group_name(w, group) for group in answers[0].columns["group"]}
            left = told - {row[0] for row in content.severity.rows}
            zero = all(
                row["refusal"] == "none" and row["events"] == 0
                for answer in answers
                for row in answer.rows
                if group_name(w, row["group"]) in left
            )
            said = w("sheet.severity.others") in content.severity.said
            assert said == bool(content.severity.rows and left and zero)
            seen.add(said)
    assert seen == {True, False}


@pytest.mark.parametrize("lang", ["id", "en"])
def test_how_to_read_it_explains_every_kind_of_range(telling, at, lang):
    at(telling)
    told = " ".join(sheet("64", lang).method.lines)
    assert "“0–4”" in told and "“100–104”" in told
    assert {"id": "yang berubah 1 sampai 4 orang", "en": "have changed by 1 to 4 persons"}[lang] in told


@pytest.mark.parametrize("lang", ["id", "en"])
def test_paper_gives_no_advice_for_a_screen(states, at, lang):
    at(states["all"])
    agency = next(code for code, row in results.agencies().items() if row.government_code == "6472")
    content = sheet("6472", lang, agencies=(agency,))
    told = " ".join([*content.places.notes, content.severity.said])
    assert words(lang)("sheet.reason.not_published") in told
    assert not re.search("saringan|filter|Rincian ini tidak diterbitkan|detail is not published", told)


def test_different_sheets_have_different_names(states, at):
    at(states["all"])
    codes = tuple(results.governments())
    asked = [
        ("kalimantan", {}), ("64", {}), ("6472", {}), ("pemprov-64", {}), ("64", {"governments": ("6472",)}),
        ("kalimantan", {"provinces": ("64",)}), ("kalimantan", {"governments": ("6472",)}), ("64", {"employment": ("PNS",)}),
        ("64", {"since": date(2024, 1, 1)}), ("64", {"until": date(2024, 1, 1)}), ("kalimantan", {"governments": codes}),
        ("kalimantan", {"governments": codes[:-1]}),
    ]  # fmt: skip
    names = [made.file_name(words("id"), *selected(code, **more)) for code, more in asked]
    assert len(set(names)) == len(names)
    assert max(map(len, names)) <= 160
    assert names[1].startswith("netra_lembar-fakta_64_")


def test_a_row_that_holds_a_part_of_its_place_says_so(states, at):
    at(states["all"])
    codes = tuple(results.governments())
    own = tuple(code for code, row in results.governments().items() if row.province_code == "64")
    some = sheet("kalimantan", governments=codes[:17])
    named = {row.name.removesuffix(" (sebagian)"): row for row in some.places.rows}
    provinces = results.known("id").provinces
    for province, name in provinces.items():
        mine = {code for code, row in results.governments().items() if row.province_code == province}
        if chosen := mine & set(codes[:17]):
            assert named[name].name.endswith("(sebagian)") == (chosen != mine)
    assert any("(sebagian)" in row.name for row in some.places.rows)
    # A province of which every government is chosen is whole, and so is a row of one government.
    for more in ({}, {"governments": codes}, {"governments": own[:3]}):
        assert not any("(sebagian)" in row.name for row in sheet("kalimantan", **more).places.rows)
    agency = next(code for code, row in results.agencies().items() if row.government_code in own)
    for code in ("kalimantan", "64"):
        assert all(
            row.name.endswith("(part of it)") for row in sheet(code, "en", agencies=(agency,)).places.rows
        )


@pytest.mark.parametrize("lang", ["id", "en"])
def test_an_agency_is_told_with_its_government(states, at, lang):
    at(states["all"])
    code, row = next(iter(results.agencies().items()))
    home = results.governments()[row.government_code].short_name
    for place in ("kalimantan", row.government_code):
        if places.of(place) is not None:
            assert f"{row.name} ({home})" in sheet(place, lang, agencies=(code,)).filter.lines[0]


@pytest.fixture
def two_builds(tmp_path, monkeypatch):
    """A build that is no longer the current one, and corrections that only the current one knows."""

    numbers = itertools.count(2)

    def built(*scopes):
        publish(tmp_path, "old-1", persons=17, made="2025-01-31T03:15:00Z")
        listed = [{"correction_id": "K2026-01", "scope": scope, "code": code} for scope, code in scopes]
        rows = {"core_correction": [CORRECTION], "core_correction_scope": listed}
        builders.build(
            tmp_path,
            {"mart_case": [builders.case() for _ in range(19)], **rows},
            build_id=f"new-{next(numbers)}",
        )
        monkeypatch.setenv("NETRA_DATA", str(tmp_path))
        run.begin("old-1")

    yield built
    run.begin()


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_sheet_of_an_older_build_says_so_and_lists_what_was_corrected(two_builds, lang):
    two_builds(("region", "6472"), ("figure", "alleged_rate"))
    older = {
        "id": "Angka lama: lembar ini dari bangunan data old-1",
        "en": "Older numbers: this sheet is of data build old-1",
    }
    content = sheet("64", lang)
    assert content.notices[0].startswith(older[lang])
    assert [line for line in content.notices if "K2026-01" in line] == content.notices[1:] != []
    first = close(printed.pages(printing.pdf(content))[0])
    assert all(close(line) in first for line in content.notices)
    assert len(sheet("61", lang).notices) == 1, "another province is not touched"
    run.begin("new-2")
    assert sheet("64", lang).notices == []


def test_a_correction_of_a_figure_that_is_not_on_the_sheet_is_not_on_it(two_builds):
    two_builds(("figure", "as_recommended_share"))
    assert len(sheet("64").notices) == 1


def test_a_correction_of_one_receipt_is_on_the_sheets_that_have_it(two_builds):
    two_builds()
    named = sheet("64").figures[0].cite.short
    two_builds(("receipt", named))
    assert any("K2026-01" in line for line in sheet("64").notices)
    assert len(sheet("6472").notices) == 1


def test_the_bytes_of_an_older_sheet_follow_what_is_said_of_it_later(two_builds):
    two_builds(("figure", "as_recommended_share"))
    first = made.pdf(words("id"), *selected("64"), BASE)
    two_builds(("figure", "alleged_rate"))
    assert made.pdf(words("id"), *selected("64"), BASE) != first


@pytest.mark.parametrize("code", ["kalimantan", "64", "6472"])
def test_every_receipt_opens_and_verifies(telling, at, start, code):
    at(telling)
    content = sheet(code)
    cites = [one.cite for one in content.figures] + [*content.places.cites, *content.severity.cites]
    assert len({one.short for one in cites}) == len(cites) == 7
    for one in cites:
        where = urlsplit(one.address)
        assert f"{where.scheme}://{where.netloc}{where.path}" == f"{BASE}/unduh"
        app = sound(start("downloads", folder=telling, **dict(parse_qsl(where.query))))
        assert f"Kuitansi {one.short} cocok" in "\n".join(box.value for box in app.info) + text(app)
    assert content.check.address in [one.address for one in cites]


def test_the_same_sheet_has_the_same_bytes(telling, at):
    at(telling)
    first = made.pdf(words("id"), *selected("64"), BASE)
    printing._fonts.cache_clear()
    run.begin()
    assert made.pdf(words("id"), *selected("64"), BASE) == first
    assert made.pdf(words("en"), *selected("64"), BASE) != first


def test_it_is_tagged_and_says_its_title_language_and_day(telling, at):
    at(telling)
    paper = made.pdf(words("en"), *selected("64"), BASE)
    assert b"pdfuaid:part" in paper or b"pdfuaid" in paper
    assert re.search(rb"/Lang ?\(en\)", paper) and b"/MarkInfo" in paper and b"/StructTreeRoot" in paper
    assert b"Fact sheet on civil-servant neutrality: Kalimantan Timur" in paper
    assert b"D:20241130" in paper
    assert paper.count(b"/Alt") >= 2, "the drawing and the code are told in words"


HOSTILE = '#read("/etc/passwd") $x^2$ *b* _i_ `c` @y <z> \\ // = #{1+1} [k] "q" --- ~'


def test_text_is_printed_as_it_is(telling, at):
    at(telling)
    content = replace(sheet("64"), place=HOSTILE, filter=Part("Yang dihitung", [HOSTILE]))
    paper = close(printed.text(printing.pdf(content)))
    assert paper.count(close(HOSTILE)) == 2
    assert "root:" not in paper


def test_a_name_from_a_roster_is_inert_and_strange_signs_do_not_stop_the_sheet(tmp_path, at):
    agency = {"agency_id": "6472-a", "government_code": "6472", "agency_type": "dinas"}
    found = rows()
    for name in ("mart_case", "mart_workforce"):
        found[name] = [
            {**row, "agency_id": "6472-a"} if row["government_code"] == "6472" else row for row in found[name]
        ]
    agencies = {
        row["agency_id"]: row["government_code"]
        for name in ("mart_case", "mart_workforce")
        for row in found[name]
    }
    listed = [
        {**agency, "agency_id": one, "government_code": code, "name": one} for one, code in agencies.items()
    ]
    found["core_agency"] = [
        {**row, "name": f"{HOSTILE} 雨\x07"} if row["agency_id"] == "6472-a" else row for row in listed
    ]
    builders.build(tmp_path, found, build_id="strange-1")
    at(tmp_path)
    content = sheet("6472", agencies=("6472-a",))
    paper = made.pdf(words("id"), *selected("6472", agencies=("6472-a",)), BASE)
    assert close(HOSTILE) in close(" ".join(content.filter.lines))
    assert close(HOSTILE) in close(printed.text(paper))


def test_the_layout_reads_no_other_file():
    assert [path.name for path in printing.LAYOUT.parent.iterdir()] == ["sheet.typ"]
    assert not re.search(
        r"\b(read|import|include|plugin|eval|csv|yaml|xml|toml|cbor)\b\(?[^ ,]",
        re.sub(r"//.*", "", printing.LAYOUT.read_text("utf-8")),
    )


def test_a_code_leads_to_the_address_of_the_view_and_is_left_out_where_it_could_not_be_read(telling, at):
    at(telling)
    assert sheet("64").check.code.startswith("<svg")
    silent = sheet("64", base="")
    assert not silent.check.code and silent.check.address.startswith("/unduh?")
    assert "tidak menyebutkannya" in silent.check.how and "terlalu panjang" not in silent.check.how
    long = sheet("kalimantan", governments=tuple(results.governments()))
    assert not long.check.code and "terlalu panjang" in long.check.how
    assert "tidak menyebutkannya" not in long.check.how
    assert sheet("64").check.how == words("id")("sheet.check.how")


@pytest.mark.parametrize("base", ["", BASE])
def test_an_address_stays_on_the_paper_and_is_printed_whole(telling, at, base):
    at(telling)
    right = 595.28 - 45.35
    for more in ({}, {"governments": tuple(results.governments())}):
        content = sheet("kalimantan", "en", base, **more)
        paper = printing.pdf(content)
        assert close(content.check.address) in close(printed.text(paper))
        # Letters of this font and size are all 3.8 points wide.
        ends = [
            x + 3.8 * len(told)
            for page in printed.placed(paper)
            for x, _, told in page
            if told in content.check.address and len(told) > 40
        ]
        assert ends and max(ends) <= right + 4


def test_the_longest_address_of_a_code_can_be_read_off_paper():
    base = "https://netra.example.go.id/"
    longest = base + "a" * (printing.LONGEST - len(base))
    modules = segno.make(longest, error="m", micro=False, boost_error=False).symbol_size(border=0)[0]
    assert printing.code(longest) and not printing.code(longest + "a")
    assert 24 / modules > 0.325, "a third of a millimetre, as close as whole modules come"


def test_a_government_is_told_where_the_evidence_puts_it(telling, at):
    at(telling)
    told = sheet("6472").conclusion.lines
    assert told[0].startswith("Samarinda dibanding pemerintah daerah lain di Kalimantan: ")
    assert any("Angka rendah dapat berarti" in line for line in told)
    assert any("Dugaan bukan putusan" in line for line in told)
    # What has no place on the map of regions has no verdict there.
    assert len(sheet("pemprov-64").conclusion.lines) == 2
    # Of a part of it nothing is concluded.
    agency = next(code for code, row in results.agencies().items() if row.government_code == "6472")
    assert len(sheet("6472", agencies=(agency,)).conclusion.lines) == 2


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_sheet_of_a_group_whose_number_is_withheld_does_not_say_that_events_are_too_few(telling, at, lang):
    at(telling)
    w, (_, selection) = words(lang), selected("kalimantan")
    persons, rate, whole = (
        results.of(name, selection, by)
        for name, by in (
            ("alleged_persons", "province"),
            ("alleged_rate", "province"),
            ("alleged_rate", "kalimantan"),
        )
    )
    hidden = whole.shown_as(whole.frame.assign(estimate=None, refusal="suppressed", least=33.0, most=37.0))
    counted = Counted(persons, rate, hidden)
    told = sentences.conclusion(w, counted)[0]
    assert "33–37" in told and told == w("comparing.group_wide", range="33–37")
    assert sheet_rows.places(w, counted, []).axis.whole is None


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_sheet_puts_every_government_where_the_map_does(states, at, lang):
    at(states["all"])
    w, selection = words(lang), Selection()
    units, whole = (results.of("alleged_rate", selection, by) for by in ("government", "kalimantan"))
    on_map = pictures.on_map(units, whole)
    told_by_map = area.alt(on_map, words=w, measure=tables.measure(w, units))
    chance = w(
        "evidence.alt.chance",
        n=(n := sum(row["evidence"] in JUDGED for row in on_map)),
        expected=round(n * 0.05, 1),
    )
    assert chance in told_by_map
    outside = 0
    for row in on_map:
        lines = sheet(row["unit_id"], lang).conclusion.lines
        assert lines[0].endswith(w(f"evidence.short.{row['evidence']}") + ".")
        if row["evidence"] in JUDGED and row["evidence"] != "within":
            outside += 1
            assert lines[1] == w("sheet.against_chance", n=n, expected=round(n * 0.05, 1))
    assert outside


def test_a_sheet_says_how_a_government_is_held_against_a_range(telling, at, monkeypatch):
    at(telling)
    monkeypatch.setattr(sentences, "reference_range", lambda whole: (278, 282))
    assert any("rentang (278–282 orang)" in line for line in sheet("6472").conclusion.lines)


def test_the_link_of_a_page_is_that_of_its_selection(telling, at, start):
    at(telling)
    for asked in (
        {}, {"provinces": ("64",)}, {"governments": ("64",)}, {"provinces": ("64",), "governments": ("6472",)},
        {"provinces": ("61", "64")}, {"governments": ("6472", "6402")}, {"provinces": ("64",), "elections": ("PILKADA2024",)},
    ):  # fmt: skip
        selection = Selection(**asked)
        place, rest = places.shown(selection)
        again = dict(rest) | ({place.parameter: place.value} if place.parameter else {})
        assert Selection.from_query(again, results.known("id")) == (selection, [])
    english = link.address(words("en"), Selection(provinces=("64",), elections=("PILKADA2024",)))
    assert english == "unduh/v1/telling-1/lembar/64.pdf?bahasa=en&pemilihan=PILKADA2024"
    for page, address in (
        ("overview", {}),
        ("regions", {"pemerintah": "6472"}),
        ("downloads", {"provinsi": "64"}),
    ):
        assert "/lembar/" in text(sound(start(page, folder=telling, **address)))
