"""The app over a small warehouse, run page by page without a browser."""

from datetime import date

import pytest

from tests import builders
from tests.opening import open_app
from ui.access.visit import Desk, Visit
from warehouse.access.scope import Scope

PAGES = {
    "overview": "Gambaran Kalimantan",
    "regions": "Wilayah",
    "agencies": "Perangkat daerah",
    "sanctions": "Sanksi",
    "followup": "Tindak lanjut",
    "published": "Angka terbitan",
    "downloads": "Unduh data",
    "method": "Metode dan sumber",
    "corrections": "Koreksi",
}


def published(figure_id="NV001", **other):
    row = {
        "figure_id": figure_id,
        "scope": "regency",
        "province_code": "64",
        "regency_code": "6472",
        "government_name": "Kota Samarinda",
        "election": "Pilkada 2024",
        "election_code": "PILKADA2024",
        "period_end": "2024-11-01",
        "stage": "forwarded",
        "unit": "persons",
        "count": 7,
        "is_cumulative": True,
        "source_title": "Judul <b>sumber</b>",
        "publisher": "Bawaslu",
        "url": "https://example.org/a?b=1&c=2",
    }
    return row | other


def rows():
    """What every page needs: events and rosters of two provinces, published figures, loaded files."""
    return builders.example_rows() | {
        "core_published_figure": [published(), published("NV002", stage="recommended", count=3)],
        "core_published_overlap": [
            {"figure_id": "NV001", "other_figure_id": "NV002"},
            {"figure_id": "NV002", "other_figure_id": "NV001"},
        ],
        "core_source": [
            {
                "source_id": "S1",
                "kind": "roster",
                "government_code": "6472",
                "file_name": "samarinda.csv",
                "as_of": builders.AS_OF,
                "rows_read": 10,
                "rows_loaded": 9,
                "rows_rejected": 1,
                "is_simulated": True,
            }
        ],
    }


def telling_rows():
    """The same places with counts that everybody may see: the two small ones of a province guard each other alone."""
    found = rows()
    found["mart_workforce"] += [
        builders.heads(9000, "6409", day) for day in (date(2023, 11, 30), builders.AS_OF)
    ]
    times = (("PILKADA2024", date(2024, 10, 15)), ("PEMILU2024", date(2024, 1, 15)))
    kinds = ((builders.case, "PNS"), (builders.recommended, "PPPK"), (builders.decided, "PNS"))
    found["mart_case"] = [
        make(government_code=code, employment_type=kind, election_code=election, event_on=day)
        for code in ("64", "6472", "6171")
        for election, day in times
        for make, kind in kinds
        for _ in range(5)
    ]
    small = ["6402"] * 2 + ["6409"] * 3
    found["mart_case"] += [builders.case(government_code=code) for code in small]
    return found


@pytest.fixture(scope="session")
def telling(tmp_path_factory):
    """Folder of a warehouse whose counts of governments and elections are told, but for two small ones."""
    folder = tmp_path_factory.mktemp("telling")
    builders.build(folder, telling_rows(), build_id="telling-1")
    return folder


@pytest.fixture
def sign_in(monkeypatch):
    """`sign_in(governments=("6472",))`: from then on the reader is the official of these places."""

    def official(**places):
        monkeypatch.setattr(Desk, "visit", lambda *_: Visit("in", "petugas-uji", Scope("official", **places)))

    return official


@pytest.fixture(scope="session")
def data(tmp_path_factory):
    """Folder of a small warehouse, built once."""
    folder = tmp_path_factory.mktemp("pages")
    builders.build(folder, rows(), build_id="pages-1")
    return folder


@pytest.fixture
def start(data, monkeypatch):
    """`start(page, **address)`: the app as a reader of that address sees it."""

    def run(page="overview", folder=data, **address):
        monkeypatch.setenv("NETRA_DATA", str(folder))
        app = open_app()
        for name, value in address.items():
            app.query_params[name] = value
        app.run()
        if page != "overview":
            app.switch_page(f"pages/{page}/{page}.py")
            for name, value in address.items():
                app.query_params[name] = value
            app.run()
        return app

    return run


def sound(app):
    """No exception, no error box, the frame is there."""
    assert not app.exception
    assert not app.error
    assert len(app.title) == 1
    return app


def text(app):
    """All running text of the page."""
    html = [element.proto.body for element in app.get("html")]
    return "\n".join([*(element.value for element in app.markdown), *html])
