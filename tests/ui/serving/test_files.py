"""Stable addresses: what they give equals the screen, what they refuse they name, and their description is true."""

import hashlib
import io
import json
import re
import sys
import threading
import time
import zipfile
from urllib.parse import urlencode

import anyio
import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.responses import Response

from exports import offer
from language import words
from language.catalogue import catalogue
from metrics.definition import definitions
from tests import builders
from tests.exports.reading import READERS
from tests.pages.conftest import rows
from tests.ui.serving.conftest import fetch
from ui import download, results
from ui.access import run
from ui.downloading import shelf as shelves
from ui.downloading.shelf import Shelf
from ui.serving import CompressedResponses, LocalisedDocument
from ui.serving.files import routes, routing
from ui.serving.files.asked import ENDINGS, NAMES, SHEET_NAMES
from ui.sheet import made as drawn
from ui.sheet import places
from warehouse.access.scope import Scope
from warehouse.selection import Selection

BUILD = "files-1"
ROOT = "/unduh/v1"


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    builders.build(folder, rows(), build_id="files-0")
    builders.build(folder, rows(), build_id=BUILD)
    return folder


@pytest.fixture
def get(data, monkeypatch):
    monkeypatch.setenv("NETRA_DATA", str(data))
    run.begin()
    app = LocalisedDocument(CompressedResponses(Starlette(routes=routes())), {"", "unduh"})

    def ask(path, method="GET", accept="text/html,*/*", accept_encoding="gzip", headers=None, **query):
        told = {"accept": accept, "accept_encoding": accept_encoding, **(headers or {})}
        return fetch(app, ROOT + path, urlencode(query, doseq=True), method, **told)

    return ask


def fault(got):
    told = json.loads(got.body)["error"]
    assert told["message"]["id"] and told["message"]["en"]
    assert told["message"]["id"] != told["message"]["en"]
    return told


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_form_equals_the_screen_and_says_its_name(get, ending):
    got = get(f"/{BUILD}/answers/alleged_rate.{ending}", by="government", period="election", provinsi="64")
    assert got.status == 200
    shown = results.of("alleged_rate", Selection(provinces=("64",)), "government", "election")
    assert got.body == download.made(shown, ending)
    read = READERS[ending](got.body)
    assert [row["unit_id"] for row in read] == shown.frame["unit_id"].tolist()
    assert got.headers["content-disposition"] == f'attachment; filename="{download.file_name(shown, ending)}"'
    assert got.headers["etag"] == f'"{hashlib.sha256(got.body).hexdigest()}"'


def test_who_has_the_same_gets_nothing_again(get):
    path = f"/{BUILD}/answers/alleged_persons.csv"
    tag = get(path).headers["etag"]
    for asked in (tag, f'"x", W/{tag}', "*"):
        got = get(path, headers={"if_none_match": asked})
        assert (got.status, got.body) == (304, b"")
        assert got.headers["etag"] == tag
    assert get(path, headers={"if_none_match": '"x"'}).status == 200


def test_an_answer_differs_by_its_build_and_an_older_one_is_given(get):
    old, new = (get(f"/{build}/answers/alleged_rate.zip", by="province") for build in ("files-0", BUILD))
    assert old.status == new.status == 200
    receipts = []
    for got in (old, new):
        with zipfile.ZipFile(io.BytesIO(got.body)) as packed:
            receipts.append(json.loads(packed.read("kuitansi.json"))["build_id"])
    assert receipts == ["files-0", BUILD]
    assert results.version() == BUILD, "a request holds nobody else to its build"


def test_current_leads_to_the_build_that_can_be_cited(get):
    got = get("/current/answers/alleged_rate.csv", by="province")
    assert got.status == 307
    assert got.headers["location"].endswith(f"{ROOT}/{BUILD}/answers/alleged_rate.csv?by=province")


def test_the_builds_are_listed(get):
    listed = json.loads(get("/builds").body)["builds"]
    assert listed[0]["build_id"] == BUILD and listed[0]["is_current"]


@pytest.mark.parametrize(
    ("path", "query", "status", "code", "named"),
    [
        ("/none/answers/alleged_rate.csv", {}, 404, "build", "none"),
        ("/" + "x" * 300 + "/answers/alleged_rate.csv", {}, 404, "build", "xxx"),
        ("/..%2Fx/answers/alleged_rate.csv", {}, 404, "build", "x"),
        (f"/{BUILD}/answers/nothing.csv", {}, 404, "metric", "nothing"),
        (f"/{BUILD}/answers/alleged_rate.doc", {}, 404, "form", "doc"),
        (f"/{BUILD}/answers/alleged_rate.csv", {"tingkat": "province"}, 400, "parameter", "tingkat"),
        (f"/{BUILD}/answers/alleged_rate.csv", {"by": "village"}, 400, "value", "village"),
        (f"/{BUILD}/answers/alleged_rate.csv", {"period": "year"}, 400, "value", "year"),
        (f"/{BUILD}/answers/alleged_rate.csv", {"group": "gender"}, 404, "value", "gender"),
        (
            f"/{BUILD}/answers/alleged_rate.csv",
            {"by": "agency", "period": "election", "group": "category"}, 404, "value", "category",
        ),
        (f"/{BUILD}/answers/alleged_rate.geojson", {"by": "agency"}, 404, "value", "agency"),
        (f"/{BUILD}/answers/alleged_rate.gpkg", {"by": "kalimantan"}, 404, "value", "kalimantan"),
        (f"/{BUILD}/answers/alleged_rate.csv", {"provinsi": "99"}, 404, "code", "99"),
        (f"/{BUILD}/answers/alleged_rate.csv", {"provinsi": "61", "pemerintah": "6472"}, 404, "code", "6472"),
        (f"/{BUILD}/answers/alleged_rate.csv", {"dari": "2024-02-31"}, 404, "code", "2024-02-31"),
        (f"/{BUILD}/answers/alleged_rate.csv", {"provinsi": ["61", "64"]}, 400, "twice", "provinsi"),
        ("/builds", {"x": "1"}, 400, "parameter", "x"),
        (f"/{BUILD}/lembar/99.pdf", {}, 404, "place", "pemprov-64"),
        (f"/{BUILD}/lembar/64.doc", {}, 404, "address", ""),
        ("/none/lembar/64.pdf", {}, 404, "build", "none"),
        (f"/{BUILD}/lembar/64.pdf", {"by": "province"}, 400, "parameter", "by"),
        (f"/{BUILD}/lembar/64.pdf", {"bahasa": "de"}, 400, "value", "de"),
        (f"/{BUILD}/lembar/64.pdf", {"provinsi": "61"}, 404, "code", "61"),
        (f"/{BUILD}/lembar/64.pdf", {"provinsi": "61,64"}, 404, "code", "61,64"),
        (f"/{BUILD}/lembar/6472.pdf", {"provinsi": "61"}, 404, "code", "6472"),
        (f"/{BUILD}/lembar/64.pdf", {"pemilihan": "PILKADA1999"}, 404, "code", "PILKADA1999"),
        (f"/{BUILD}/package.zip", {"by": "province"}, 400, "parameter", "by"),
        ("/nowhere", {}, 404, "address", ""),
        ("/\n/answers/alleged_rate.csv", {}, 404, "build", ""),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_named(get, path, query, status, code, named):
    got = get(path, **query)
    told = fault(got)
    assert (got.status, told["code"]) == (status, code)
    assert named in json.dumps(told)
    assert got.headers["content-type"].startswith("application/json")


def test_a_fact_sheet_is_the_same_each_time_and_given_once(get):
    path, asked = f"/{BUILD}/lembar/64.pdf", {"pemilihan": "PILKADA2024", "bahasa": "en"}
    got = get(path, headers={"host": "netra.example:8501"}, **asked)
    assert (got.status, got.headers["content-type"]) == (200, "application/pdf")
    w, chosen = words("en"), Selection(provinces=("64",), elections=("PILKADA2024",))
    assert got.body == drawn.pdf(w, places.of("64"), chosen, "http://netra.example:8501")
    assert got.headers["etag"] == f'"{hashlib.sha256(got.body).hexdigest()}"'
    assert "netra_fact-sheet_64_pemilihan-PILKADA2024_" in got.headers["content-disposition"]
    again = get(path, headers={"host": "netra.example:8501", "if_none_match": got.headers["etag"]}, **asked)
    assert (again.status, again.body) == (304, b"")
    looked = get(path, "HEAD", headers={"host": "netra.example:8501"}, **asked)
    assert looked.headers["content-length"] == str(len(got.body))
    moved = get("/current/lembar/64.pdf", **asked)
    assert moved.status == 307 and moved.headers["location"].split("?")[0].endswith(f"{ROOT}{path}")


def test_the_place_may_be_named_twice_and_an_empty_filter_is_none(get):
    first = get(f"/{BUILD}/lembar/6472.pdf")
    assert get(f"/{BUILD}/lembar/6472.pdf", pemerintah="6472", bahasa="", provinsi="").body == first.body
    assert get(f"/{BUILD}/lembar/6472.pdf", provinsi="64").status == 200


@pytest.mark.parametrize("host", ["", "a b", "x/../y", "evil.example@good", "<script>", "a" * 300])
def test_a_fact_sheet_prints_no_address_of_a_strange_host(get, host):
    got = get(f"/{BUILD}/lembar/64.pdf", headers={"host": host})
    assert got.body == get(f"/{BUILD}/lembar/64.pdf").body


def test_a_fact_sheet_is_of_the_public_whoever_asks(get):
    path = f"/{BUILD}/lembar/6402.pdf"
    public = get(path).body
    run.see_as(Scope("official", governments=("6402",)))
    assert get(path).body == public
    run.begin()


def test_a_deleted_build_is_gone_and_not_unknown(get, data):
    manifest = data / "build" / "warehouse-over-1.json"
    manifest.write_text(json.dumps({"built_at": "2015-01-31T03:15:00Z", "content_hash": "a"}))
    for path in ("answers/alleged_rate.csv", "package.zip"):
        got = get(f"/over-1/{path}")
        assert (got.status, fault(got)["code"]) == (410, "pruned")
        assert "2015-01-31" in got.body.decode()
    assert "over-1" not in {build["build_id"] for build in json.loads(get("/builds").body)["builds"]}
    manifest.unlink()


def test_a_build_of_other_code_is_told_as_kept_and_unreadable(get, data):
    broken = data / "build" / "warehouse-broken.duckdb"
    broken.write_bytes(b"no warehouse")
    got = get("/broken/answers/alleged_rate.csv")
    broken.unlink()
    assert (got.status, fault(got)["code"]) == (404, "unreadable")


def test_nothing_can_be_written(get):
    got = get("/builds", method="POST")
    assert (got.status, fault(got)["code"]) == (405, "method")
    assert got.headers["allow"] == "GET, HEAD"


def test_without_a_warehouse_it_says_so(get, tmp_path, monkeypatch):
    monkeypatch.setenv("NETRA_DATA", str(tmp_path))
    got = get("/builds")
    assert (got.status, fault(got)["code"]) == (503, "warehouse")
    assert str(tmp_path) not in got.body.decode()


VALUES = st.one_of(
    st.sampled_from(
        ["64", "6472", "PILKADA2024", "2024-01-01", "PNS", "decided", "election", "agency", "", ","]
    ),
    st.text(max_size=12),
)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    metric=st.sampled_from(tuple(definitions())),
    ending=st.sampled_from(["csv", "geojson", "gpkg"]),
    query=st.dictionaries(st.sampled_from((*NAMES, "x")), VALUES, max_size=3),
)
def test_any_question_gets_an_answer_of_its_description(get, metric, ending, query):
    got = get(f"/{BUILD}/answers/{metric}.{ending}", **query)
    described = json.loads(get("/openapi.json").body)
    responses = described["paths"]["/{build}/answers/{file}"]["get"]["responses"]
    assert str(got.status) in responses
    if got.status != 200:
        jsonschema.validate(json.loads(got.body), described["components"]["schemas"]["Error"])


def test_the_description_names_every_address_parameter_and_form(get):
    told = json.loads(get("/openapi.json").body)
    assert told["openapi"] == "3.1.0"
    assert told["servers"] == [{"url": ROOT}]
    answer = told["paths"]["/{build}/answers/{file}"]["get"]
    assert [p["name"] for p in answer["parameters"] if p["in"] == "query"] == list(NAMES)
    sheet = told["paths"]["/{build}/lembar/{place}.pdf"]["get"]
    assert [p["name"] for p in sheet["parameters"] if p["in"] == "query"] == list(SHEET_NAMES)
    pattern = next(p for p in sheet["parameters"] if p["name"] == "place")["schema"]["pattern"]
    assert all(re.match(pattern, code) for code in places.places())
    files = next(p for p in answer["parameters"] if p["name"] == "file")["schema"]["enum"]
    assert files == [f"{metric}.{ending}" for metric in definitions() for ending in ENDINGS]
    assert set(answer["parameters"][2]["schema"]["enum"]) == set(offer.LEVELS)
    paths = {route.path for mount in routes() for route in mount.app.routes}
    assert set(told["paths"]) == paths
    operations = [way["operationId"] for path in told["paths"].values() for way in path.values()]
    assert len(set(operations)) == len(operations)
    codes = {key.rpartition(".")[2] for key in catalogue() if key.startswith("files.fault.")}
    assert {"parameter", "twice", "value", "code", "build"} <= codes


@pytest.fixture
def made(get, monkeypatch):
    """The package, made by the process that makes it for readers."""
    own = Shelf()
    monkeypatch.setattr("ui.serving.files.routing.shelf", lambda: own)
    return get(f"/{BUILD}/package.zip", headers={"range": "bytes=0-3"}), own


def test_the_package_comes_whole_in_ranges_and_not_again(get, made):
    first, own = made
    assert (first.status, first.body) == (206, b"PK\x03\x04")
    whole = get(f"/{BUILD}/package.zip")
    assert whole.headers["accept-ranges"] == "bytes"
    assert whole.headers["etag"] == f'"{hashlib.sha256(whole.body).hexdigest()}"'
    assert (
        BUILD in whole.headers["content-disposition"]
        and "DATA-SIMULASI" in whole.headers["content-disposition"]
    )
    size = len(whole.body)
    last = get(f"/{BUILD}/package.zip", headers={"range": "bytes=-10"})
    assert (last.status, last.body) == (206, whole.body[-10:])
    assert last.headers["content-range"] == f"bytes {size - 10}-{size - 1}/{size}"
    assert get(f"/{BUILD}/package.zip", headers={"range": f"bytes={size}-"}).status == 416
    assert get(f"/{BUILD}/package.zip", headers={"if_none_match": whole.headers["etag"]}).status == 304
    assert get(f"/{BUILD}/package.zip", method="HEAD").headers["content-length"] == str(size)
    assert own.seen(BUILD, 5).share == 1.0


def test_a_package_that_cannot_be_made_is_told_and_tried_again(get, monkeypatch):
    own = Shelf((sys.executable, "-c", "raise SystemExit(3)"))
    monkeypatch.setattr("ui.serving.files.routing.shelf", lambda: own)
    got = get(f"/{BUILD}/package.zip")
    assert (got.status, fault(got)["code"]) == (503, "making")
    assert got.headers["retry-after"]
    first = own.seen(BUILD, 5)
    assert first.failed and own.ask(BUILD, 5) is not first


def test_only_the_last_packages_are_kept(monkeypatch):
    script = "import sys, pathlib; pathlib.Path(sys.argv[2]).write_text('x'); print('0.5'); print('a' * 64)"
    own = Shelf((sys.executable, "-c", script))
    made = []
    for build in ("a", "b", "c"):
        made.append(own.ask(build, 5))
        while made[-1].digest is None:
            time.sleep(0.01)
    assert [making.path.exists() for making in made] == [False, True, True]
    assert own.seen("a", 5) is None
    assert shelves.KEPT == 2


async def _silently(app, path):
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": b"",
        "headers": [],
        "root_path": "",
    }

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        pass

    await app(scope, receive, send)


def test_answers_and_sheets_are_made_a_few_at_a_time_all_together(monkeypatch):
    at_work, most, free = [], [], threading.Event()

    def made(request):
        at_work.append(request)
        most.append(len(at_work))
        free.wait()
        at_work.pop()
        return Response()

    monkeypatch.setattr(routing, "_begun", lambda make, request: made(request))
    app = routing.routes()[0].app
    paths = ["/b/answers/a.csv", "/b/lembar/64.pdf", "/builds", "/openapi.json"]

    async def asked():
        async with anyio.create_task_group() as group:
            for path in paths * 2:
                group.start_soon(_silently, app, path)
            while len(at_work) < routing.AT_ONCE:
                await anyio.sleep(0.01)
            # Whoever may begin beside them has begun before this is over.
            await anyio.sleep(0.2)
            free.set()

    anyio.run(asked)
    assert len(most) == 2 * len(paths) and max(most) == routing.AT_ONCE
