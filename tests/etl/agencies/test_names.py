from __future__ import annotations

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.agencies.names import NEAR, nearness, normalise
from settings import ROOT

WORDS = st.sampled_from(
    ["dinas", "DINKES", "Kesehatan", "kab", "Provinsi", "&", "dan", "-", "KUTIM", "1", "ii", "É", "İ", "Kec."]
)
NAMES = st.one_of(st.text(max_size=40), st.lists(WORDS, max_size=7).map(" ".join))


@pytest.fixture(scope="module")
def keys():
    con = duckdb.connect()
    con.execute((ROOT / "etl" / "sql" / "build" / "macros.sql").read_text("utf-8"))
    yield lambda name: con.execute("SELECT agency_key('64', ?)", [name]).fetchall()[0][0]
    con.close()


@given(name=NAMES)
def test_normalising_twice_changes_nothing(name):
    assert normalise(normalise(name)) == normalise(name)


@given(name=NAMES.filter(lambda name: "\0" not in name))
def test_python_and_sql_see_the_same_name(keys, name):
    assert keys(name) == "64-" + normalise(name).replace(" ", "-")


@given(one=NAMES, two=NAMES)
def test_nearness_is_symmetric_and_full_for_itself(one, two):
    assert nearness("6408", one, two) == nearness("6408", two, one)
    assert 0 <= nearness("6408", one, two) <= 100
    assert nearness("6408", one, one.upper() if one.isascii() else one) == 100


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Dinas Kesehatan Kab.", "dinas kesehatan"),
        ("DINAS  KESEHATAN", "dinas kesehatan"),
        ("Dinas Pemuda & Olahraga", "dinas pemuda dan olahraga"),
        ("Sekretariat Daerah Kabupaten", "sekretariat daerah"),
        ("Kab", "kab"),
    ],
)
def test_what_makes_two_spellings_one_name(name, key):
    assert normalise(name) == key


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("DINKES KUTIM", "Dinas Kesehatan"),
        ("SETDA KAB. KUTAI TIMUR", "Sekretariat Daerah"),
        ("Satpol PP", "Satuan Polisi Pamong Praja"),
        ("Sekretariat Dewan Perwakilan Rakyat Daerah", "Sekretariat DPRD"),
        ("Dinas Koperasi dan UKM", "Dinas Koperasi, Usaha Kecil dan Menengah"),
        ("Diskominfo Prov. Kaltim", "Dinas Komunikasi dan Informatika"),
        ("Kec. Sangatta Utara", "KECAMATAN SANGATTA UTARA"),
    ],
)
def test_abbreviations_and_the_governments_own_name_do_not_count(one, two):
    assert nearness("6408", one, two) == 100


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Dinas Kesehatan", "Dinas Kehutanan"),
        ("Dinas Kesehatn", "Dinas Kesehatan"),
        ("Dinas Pendidikan", "Dinas Pendidikan dan Kebudayaan"),
        ("Kantor Perpustakaan", "Dinas Perpustakaan"),
        ("Badan Pengelola Keuangan dan Aset Daerah", "BPKAD"),
        ("Bappeda", "Badan Perencanaan Pembangunan Daerah, Penelitian dan Pengembangan"),
    ],
)
def test_names_that_a_human_should_compare_are_near(one, two):
    assert NEAR <= nearness("6408", one, two) <= 100


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Sekretariat Daerah", "Sekretariat DPRD"),
        ("Sekretariat Daerah", "Badan Kepegawaian Daerah"),
        ("Kecamatan Tenggarong", "Kelurahan Tenggarong"),
        ("Kecamatan Sangatta", "RSUD Sangatta"),
        ("Kecamatan Muara Wahau", "Kecamatan Muara Bengkal"),
        ("SMPN 1 Sangatta Utara", "SMPN 2 Sangatta Utara"),
        ("Asisten I", "Asisten II"),
        ("Biro Umum", "RSUD dr. Soedarso"),
        ("Dinas Sosial", "Inspektorat"),
    ],
)
def test_names_of_plainly_different_agencies_are_not_near(one, two):
    assert nearness("6408", one, two) < NEAR
