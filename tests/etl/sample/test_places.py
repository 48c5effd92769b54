import pytest

from errors import SelectionError
from etl.sample.places import choose, read_governments
from settings import Settings

GOVERNMENTS = read_governments(Settings().reference)


def test_there_are_61_governments():
    assert len(GOVERNMENTS) == 61
    assert sum(place.is_province for place in GOVERNMENTS.values()) == 5


@pytest.mark.parametrize(
    ("code", "full", "spoken"),
    [
        ("64", "Pemerintah Provinsi Kalimantan Timur", "Pemprov Kaltim"),
        ("6408", "Pemerintah Kabupaten Kutai Timur", "Pemkab Kutai Timur"),
        ("6474", "Pemerintah Kota Bontang", "Pemkot Bontang"),
    ],
)
def test_names_of_governments(code, full, spoken):
    assert (GOVERNMENTS[code].full_name, GOVERNMENTS[code].spoken_name) == (full, spoken)


def test_no_code_means_all():
    assert len(choose(GOVERNMENTS, None)) == len(choose(GOVERNMENTS, [])) == 61


def test_an_unknown_government_is_named():
    with pytest.raises(SelectionError, match="'9999'"):
        choose(GOVERNMENTS, ["64", "9999"])
