"""The recipe from packages to files, fed with the shipped outlines under the names of the gazetteer."""

import pytest
import shapely
from shapely import box

import settings
from errors import ContractError, SourceError
from geo import boundaries, publish, sources

TABLE = settings.ROOT / "data" / "reference" / "regions.csv"
SHIPPED = settings.ROOT / "static" / "geo"
SPELT = {"6302": "Kota Baru", "6372": "Kota Banjar Baru", "6411": "Mahakam Hulu"}


@pytest.fixture
def outlines(regions):
    (path,) = SHIPPED.glob("kalimantan-detail.*.geojson")
    names = {region.code: region.name for region in regions}
    return [
        (
            SPELT.get(code, row["name"].removeprefix("Kabupaten ")),
            names[row["province"]],
            "Indonesia",
            row["geometry"],
        )
        for code, row in publish.read_areas(path.read_bytes()).iterrows()
    ]


@pytest.fixture
def pin(monkeypatch, pack_gazetteer, pack_villages, regions):
    def write(rows):
        monkeypatch.setattr(sources, "GAZETTEER", pack_gazetteer(rows))
        codes = [region.code for region in regions if region.level == "province"]
        monkeypatch.setattr(sources, "NUSANTARA", pack_villages({code: [("114", "0")] for code in codes}))

    return write


def test_two_builds_of_the_same_packages_give_the_same_files(tmp_path, outlines, pin):
    pin([*outlines, ("PUEH LAND DISTRICT", "Kalimantan Barat", "Indonesia", box(109, 1, 110, 2))])
    first = boundaries.build(tmp_path, TABLE, tmp_path / "geo")
    second = boundaries.build(tmp_path, TABLE, tmp_path / "again")
    assert first == second
    assert set(first) == set(publish.STEMS)


def test_the_build_writes_the_shipped_table_of_neighbours(tmp_path, outlines, pin):
    pin(outlines)
    boundaries.build(tmp_path, TABLE, tmp_path / "geo", tmp_path / "neighbours.csv")
    shipped = settings.ROOT / "data" / "reference" / "neighbours.csv"
    assert (tmp_path / "neighbours.csv").read_bytes() == shipped.read_bytes()


def test_a_missing_outline_publishes_nothing(tmp_path, outlines, pin):
    pin(outlines[1:])
    with pytest.raises(SourceError, match="no outline for Kabupaten Sambas"):
        boundaries.build(tmp_path, TABLE, tmp_path / "geo")
    assert not (tmp_path / "geo").exists()


def test_an_outline_of_another_size_publishes_nothing(tmp_path, outlines, pin):
    name, province, country, shape = outlines[0]
    west, south, _, north = shape.bounds
    pin([(name, province, country, shape.difference(box(west, south, 109.5, north))), *outlines[1:]])
    with pytest.raises(ContractError, match="area of Kabupaten Sambas differs"):
        boundaries.build(tmp_path, TABLE, tmp_path / "geo")
    assert not (tmp_path / "geo").exists()


def test_a_geometry_the_library_cannot_handle_is_a_contract_error(tmp_path, outlines, pin, monkeypatch):
    def refuse(*_):
        raise shapely.errors.GEOSException("side location conflict")

    pin(outlines)
    monkeypatch.setattr(boundaries, "draw", refuse)
    with pytest.raises(ContractError, match=r"side location conflict.*make setup"):
        boundaries.build(tmp_path, TABLE, tmp_path / "geo")
