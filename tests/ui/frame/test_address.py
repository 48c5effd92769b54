"""Reading and writing addresses, whatever stands in them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.pages.test_matrix import VIEWS
from ui import results
from ui.frame import address
from warehouse.selection import Selection


@pytest.fixture
def known(over):
    return results.known("id")


def test_what_is_written_is_read_again(known):
    chosen = Selection(
        provinces=("64",), governments=("6472",), elections=("PILKADA2024",), employment=("PNS",)
    )
    reading = address.read(address.write({"bahasa": "en", "foo": "1"}, chosen), known)
    assert reading.selection == chosen
    assert reading.ignored == ()


def test_writing_keeps_language_and_page_choices_only():
    kept = address.write(
        {"bahasa": "en", "ukuran": "alleged_rate", "foo": "1", "provinsi": "61"}, Selection()
    )
    assert kept == {"bahasa": "en", "ukuran": "alleged_rate"}


def test_what_the_choices_of_a_page_write_is_understood(known):
    written = [(page, choices) for page, views in VIEWS.items() for choices in views]
    assert [one for one in written if address.read(one[1], known).ignored] == []


def test_agencies_of_another_government_are_let_go(known):
    units = {"pemerintah": "6472", "instansi": "64-rsud,6472-rsud"}
    reading = address.read(units, known)
    assert reading.selection.agencies == ("6472-rsud",)
    assert reading.ignored == ("instansi=64-rsud",)


@pytest.mark.parametrize(("asked", "lang"), [({}, "id"), ({"bahasa": "en"}, "en"), ({"bahasa": "EN"}, "id")])
def test_the_reader_is_indonesian_unless_english_is_asked(asked, lang):
    assert address.reader(asked).lang == lang


NAMES = st.sampled_from(["provinsi", "pemerintah", "dari", "bahasa", "ukuran", "banding", "x"])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(NAMES, st.text(max_size=80)))
def test_no_address_is_an_error_and_nothing_is_dropped_in_silence(known, written):
    reading = address.read(written, known)
    told = " ".join(reading.ignored)
    for name, value in written.items():
        if name not in ("banding",) and value.strip(" ,\t\n\r") and name in ("x", "bahasa", "ukuran"):
            assert name in told or value in ("id", "en") or value in address.definitions()
    assert all(len(part) < 100 for part in reading.ignored)
