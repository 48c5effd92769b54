"""A roster written in a random dialect is read back as it was written: every row loaded or refused, at its own number."""

from __future__ import annotations

import csv
import io
from datetime import date

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.loading.roster import RosterRequest, examine, load_roster
from etl.loading.session import open_session
from etl.meaning.numbers import whole_number
from etl.reading.content import received
from etl.reading.headers import fields_of, find_header, spellings_of
from settings import Settings
from tests.etl.files import SIMULATED, nip

SNAPSHOT = date(2024, 11, 30)
WRONG = (
    "1,98E+17",
    "123",
    "130456789",
    "18930412201403100O",
    "189304122014031000",
    nip(7, sex=3),
    nip(8, since="201413"),
)
OFFICES = (
    "Dinas Pendidikan",
    "RSUD, Kelas B",
    'Badan "Pusat"',
    "Kecamatan; Utara",
    "Dinas | Lain",
    "Sekretariat\nDaerah",
    "Café Daerah",
)
FIELDS = ("nip", "agency", "employment", "rank", "gender", "simulated")
CELLS = {"employment": "PNS", "rank": "III/d", "gender": "L", "simulated": SIMULATED}
SPACINGS = (
    lambda n: n,
    lambda n: f"{n[:8]} {n[8:14]} {n[14]} {n[15:]}",
    lambda n: f"'{n}",
    lambda n: f" {n} ",
    lambda n: f'="{n}"',
)
NAMES = {field: list(spellings_of("roster", field)) for field in FIELDS}


@pytest.fixture(scope="module")
def one_session(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dialects")
    opened = open_session(Settings(data=folder / "data", key_file=folder / "key"), dry_run=True)
    yield opened, folder
    opened.close()


@st.composite
def rosters(draw):
    """A roster as (bytes, numbers of refused rows, agencies of loaded people, how many were written)."""
    separator = draw(st.sampled_from(",;\t|"))
    newline = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]))
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    extra = draw(st.integers(0, 4))
    order = draw(st.permutations([*FIELDS, *range(extra)]))
    offices = [name for name in OFFICES if newline != "\r" or "\n" not in name]
    style = draw(st.sampled_from([str.upper, str.title, str.lower]))
    gap = draw(st.sampled_from([" ", "  ", "_", ". ", "-"]))
    head = [
        style(draw(st.sampled_from(NAMES[field])).replace(" ", gap))
        if isinstance(field, str)
        else f"Lain {field}"
        for field in order
    ]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator=newline, quoting=quoting)
    line, refused, agencies = 0, [], []
    for _ in range(draw(st.integers(0, 3))):
        out.write(draw(st.sampled_from(["", "DAFTAR PEGAWAI", "Keadaan Akhir Tahun"])) + newline)
        line += 1
    writer.writerow(head)
    line += 1
    people = draw(
        st.lists(st.tuples(st.booleans(), st.sampled_from(offices), st.booleans()), min_size=2, max_size=25)
    )
    for serial, (right, office, blank) in enumerate([(True, offices[0], False), *people], start=1):
        if blank:
            out.write(newline)
            line += 1
        number = draw(st.sampled_from(SPACINGS))(nip(serial + 100)) if right else draw(st.sampled_from(WRONG))
        cells = CELLS | {"nip": number, "agency": office}
        writer.writerow([cells[field] if isinstance(field, str) else "x" for field in order])
        line += 1
        agencies += [office] if right else []
        refused += [] if right else [line]
    return out.getvalue().encode(encoding), refused, sorted(agencies), len(people) + 1


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(written=rosters(), ending=st.sampled_from(["csv", "tsv", "txt"]))
def test_what_was_written_is_read_back(one_session, written, ending):
    session, folder = one_session
    content, refused, agencies, rows = written
    path = folder / f"r.{ending}"
    path.write_bytes(content)
    card, _ = load_roster(session, RosterRequest(path, "6408", SNAPSHOT))
    assert card.rows_loaded + card.rows_rejected == rows == card.rows_read
    con = session.con
    numbers = [number for (number,) in con.execute("SELECT row_number FROM rejections ORDER BY 1").fetchall()]
    assert numbers == refused
    _, verdict = examine(session, received(path), RosterRequest(path, "6408", SNAPSHOT))
    assert sorted(verdict.people.rows["agency_name"].cast(pl.String)) == agencies


@given(
    st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=12),
    st.permutations(FIELDS),
    st.integers(0, 2),
)
@settings(deadline=None, max_examples=80)
def test_the_header_is_found_below_anything_that_is_none(titles, order, blank):
    known = {name for field in fields_of("roster") for name in spellings_of("roster", field)}
    above = [
        [cell for cell in row if not any(word in known for word in [" ".join(cell.lower().split())])]
        for row in titles
    ]
    head = [NAMES[field][0] for field in order]
    header = find_header([*above, *[[]] * blank, head, ["x"] * 6], "roster", "r.csv")
    assert {field: header.columns[field] for field in FIELDS} == {
        field: order.index(field) for field in FIELDS
    }
    assert header.first_data_row <= len(above) + blank + 1


MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
FORMS = (
    lambda d: d.isoformat(), lambda d: f"{d.day}-{d.month}-{d.year}", lambda d: f"{d:%d/%m/%Y}", lambda d: f"{d:%d.%m.%Y}",
    lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}", lambda d: f"{d.day}-{MONTHS[d.month - 1][:3]}-{d.year}",
    lambda d: f"{d.day} {MONTHS[d.month - 1].upper()} {d.year}", lambda d: f"Jum'at, {d.day} {MONTHS[d.month - 1]} {d.year}",
    lambda d: f"{d.isoformat()} 00:00:00", lambda d: f"{d:%d/%m/%Y} 14.30 WITA",
)  # fmt: skip


@given(st.dates(date(1890, 1, 1), date(2090, 12, 31)), st.sampled_from(FORMS))
@settings(deadline=None, max_examples=120)
def test_a_date_is_the_same_in_every_form(one_session, day, form):
    assert one_session[0].con.execute("SELECT written_date(?)", [form(day)]).fetchall() == [(day,)]


@given(st.integers(0, 99), st.dates(date(1990, 1, 1), date(2060, 12, 31)))
@settings(deadline=None, max_examples=80)
def test_a_year_of_two_figures_is_the_latest_that_is_not_after_the_limit(one_session, figures, until):
    query = "SELECT whole_year(?, ?::DATE)"
    ((year,),) = one_session[0].con.execute(query, [f"{figures:02d}", until]).fetchall()
    assert year % 100 == figures
    assert until.year - 100 < year <= until.year


@given(st.text(max_size=30))
@settings(deadline=None, max_examples=150)
def test_any_text_is_a_date_or_none_and_never_an_error(one_session, text):
    ((found,),) = one_session[0].con.execute("SELECT written_date(?)", [text]).fetchall()
    assert found is None or isinstance(found, date)


@given(
    st.integers(0, 10**12 - 1),
    st.sampled_from([".", ",", " ", "\u00a0", ""]),
    st.sampled_from(["", " orang", " Pegawai"]),
)
def test_a_count_is_read_with_any_grouping(number, mark, word):
    assert whole_number(f"{number:,}".replace(",", mark) + word) == number


@given(st.text(max_size=12))
def test_a_count_is_a_number_or_a_value_error(text):
    try:
        assert whole_number(text) >= 0
    except ValueError as fault:
        assert "count" in str(fault)
