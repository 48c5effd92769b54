import pytest

from errors import SourceError
from geo import matching
from geo.sources import Shape

SOUTH, EAST, WEST = "Kalimantan Selatan", "Kalimantan Timur", "Kalimantan Barat"


def gazetteer(regions):
    """All 56 outlines under their official names without the word Kabupaten."""
    names = {region.code: region.name for region in regions}
    return [
        Shape(region.name.removeprefix("Kabupaten "), names[region.province], region.code.encode())
        for region in regions
        if region.level == "regency"
    ]


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Kabupaten Kotabaru", "kotabaru"),
        ("Kota Baru", "kotabaru"),
        ("Kota Banjar Baru", "kotabanjarbaru"),
        ("Kota Banjarbaru", "kotabanjarbaru"),
        ("KABUPATEN HULU SUNGAI SELATAN", "hulusungaiselatan"),
        ("Banjar", "banjar"),
    ],
)
def test_spelling(name, letters):
    assert matching.spelling(name) == letters


def test_every_unit_finds_its_outline(regions):
    matched = matching.match(gazetteer(regions), regions)
    assert len(matched) == 56
    assert list(matched) == sorted(matched)
    assert all(shape.wkb.decode() == code for code, shape in matched.items())


def test_kota_baru_is_the_regency_and_banjar_baru_the_city(regions):
    shapes = [shape for shape in gazetteer(regions) if shape.wkb not in (b"6302", b"6372")]
    shapes += [Shape("Kota Banjar Baru", SOUTH, b"city"), Shape("Kota Baru", SOUTH, b"regency")]
    matched = matching.match(shapes, regions)
    assert (matched["6302"].wkb, matched["6372"].wkb) == (b"regency", b"city")
    assert (matched["6303"].wkb, matched["6371"].wkb) == (b"6303", b"6371")


def test_mahakam_hulu_is_mahakam_ulu(regions):
    shapes = [shape for shape in gazetteer(regions) if shape.wkb != b"6411"]
    assert matching.match([*shapes, Shape("Mahakam Hulu", EAST, b"x")], regions)["6411"].wkb == b"x"


def test_districts_of_sarawak_are_left_out(regions):
    strangers = ("PUEH LAND DISTRICT", "SEMATAN TOWN DISTRICT", "GADING LUNDU LAND DISTRICT")
    shapes = [*gazetteer(regions), *(Shape(name, WEST, b"x") for name in strangers)]
    assert not any(shape.wkb == b"x" for shape in matching.match(shapes, regions).values())


def test_a_name_counts_only_in_its_own_province(regions):
    shapes = [shape for shape in gazetteer(regions) if shape.wkb != b"6403"]
    with pytest.raises(SourceError, match="no outline for Kabupaten Berau"):
        matching.match([*shapes, Shape("Berau", WEST, b"x")], regions)


def test_two_outlines_for_one_place_are_refused(regions):
    with pytest.raises(SourceError, match="two outlines for Sambas") as refusal:
        matching.match([*gazetteer(regions), Shape("Sambas", WEST, b"x")], regions)
    assert "ALIASES" in refusal.value.cure


def test_a_missing_or_damaged_list_of_regions_is_refused(tmp_path):
    damaged = tmp_path / "regions.csv"
    damaged.write_text(
        "code,level,name,province_code,area_km2\n61,province,Barat,61,many\n", encoding="utf-8"
    )
    for path in (damaged, tmp_path / "none.csv"):
        with pytest.raises(SourceError, match=r"not the list of regions.*Restore"):
            matching.read_regions(path)
