import datetime
import re
from collections import Counter

import pytest

from etl.sample.model import SampleModel, read_definition
from etl.sample.places import read_rows
from etl.sample.write import MANIFEST, write_sample
from settings import Settings

MODEL = read_definition(Settings().reference / "sample_model.yml", SampleModel)
MARK = "DATA SIMULASI"
NOT_ACTIVE = {"66", "98", "99"}


def digits(row):
    number = row.get("NIP BARU", row.get("NIP", row.get("NIP/NI PPPK", "")))
    return re.sub(r"[ ']", "", number)


def standing(row):
    return row.get("KEDUDUKAN HUKUM ID") or row["KEDUDUKAN HUKUM"]


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_pemprov_kaltim_has_exactly_9607_pns_and_5055_pppk(sample, rows_of):
    rows = rows_of(sample / "rosters" / "64-2024-11-30.csv")
    active = [digits(row) for row in rows if standing(row) not in NOT_ACTIVE]
    assert all(re.fullmatch(r"\d{18}", number) for number in active)
    assert len(set(active)) == len(active)
    kinds = Counter("PNS" if int(number[12:14]) <= 12 else "PPPK" for number in active)
    assert kinds == {"PNS": 9607, "PPPK": 5055}


def test_pemprov_kaltim_has_no_row_to_refuse(sample, rows_of):
    for path in (sample / "rosters").glob("64-*"):
        numbers = [digits(row) for row in rows_of(path)]
        assert all(re.fullmatch(r"\d{18}", number) for number in numbers)
        assert len(set(numbers)) == len(numbers)


def test_the_published_pppk_of_an_agency_are_kept(sample, rows_of):
    rows = rows_of(sample / "rosters" / "64-2024-11-30.csv")
    schools = [row for row in rows if row["UNOR NAMA"].strip() == "Dinas Pendidikan dan Kebudayaan"]
    assert sum(digits(row)[12:14] in ("21", "22") for row in schools) == 3181


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path):
    codes = ["6474", "6504", "63"]
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        write_sample(tmp_path / name, governments=codes, scale=0.02, seed=seed)
    first, again, other = (contents(tmp_path / name) for name in "abc")
    assert first == again
    assert {name for name in first if first[name] != other[name]} >= {n for n in first if n != "manifest.csv"}


def test_a_roster_does_not_depend_on_which_others_are_written(sample, tmp_path):
    write_sample(tmp_path, governments=["6474"])
    name = "rosters/6474-2020-12-31.csv"
    assert (tmp_path / name).read_bytes() == (sample / name).read_bytes()


def test_all_governments_have_the_latest_roster_and_some_lack_older_ones(tiny, manifest_of):
    listed = [row for row in manifest_of(tiny) if row["kind"] == "roster"]
    for entry in MODEL.snapshots:
        codes = {row["government_code"] for row in listed if row["as_of"] == entry.as_of.isoformat()}
        assert len(codes) == 61 - len(entry.missing)
        assert not codes & entry.missing
    assert [len(entry.missing) for entry in MODEL.snapshots] == [8, 4, 0]


def test_the_manifest_lists_every_file(tiny, manifest_of):
    rows = manifest_of(tiny)
    assert tuple(rows[0]) == MANIFEST
    assert {row["file"] for row in rows} == set(contents(tiny)) - {"manifest.csv"}
    assert {row["code_system"] for row in rows} == {"kemendagri", "bps"}
    sheets = [row for row in rows if row["file"].endswith(".xlsx")]
    assert Counter(row["kind"] for row in sheets) == {"roster": 8, "cases": 2}


def test_control_totals_are_what_the_files_hold(tiny, manifest_of, rows_of):
    undeclared = 0
    for entry in manifest_of(tiny):
        if entry["kind"] == "roster" and not entry["expect_pns"]:
            undeclared += 1
        elif entry["kind"] == "roster":
            words = NOT_ACTIVE | {"Diberhentikan", "Mencapai BUP", "Pensiun"}
            rows = [row for row in rows_of(tiny / entry["file"]) if standing(row) not in words]
            good = {digits(row) for row in rows if re.fullmatch(r"\d{18}", digits(row))}
            pppk = sum(number[12] == "2" for number in good)
            assert (len(good) - pppk, pppk) == (int(entry["expect_pns"]), int(entry["expect_pppk"])), entry[
                "file"
            ]
    assert 0 < undeclared < 60


def test_every_row_is_marked_and_no_number_is_of_a_living_person(tiny, manifest_of, rows_of):
    for entry in manifest_of(tiny):
        rows = rows_of(tiny / entry["file"])
        assert all(MARK in row.values() for row in rows)
        assert all(1884 <= int(digits(row)[:4]) <= 1928 for row in rows if len(digits(row)) == 18)


def test_numbers_are_unique_over_all_governments(tiny, manifest_of, rows_of):
    owner = {}
    for entry in manifest_of(tiny):
        if entry["kind"] == "roster":
            for row in rows_of(tiny / entry["file"]):
                if len(digits(row)) == 18:
                    assert owner.setdefault(digits(row), entry["government_code"]) == entry["government_code"]


def test_some_governments_have_each_kind_of_broken_row(tiny, rows_of):
    kinds = Counter()
    for path in (tiny / "rosters").iterdir():
        numbers = [digits(row) for row in rows_of(path)]
        kinds["scientific"] += sum("E+17" in number for number in numbers)
        kinds["nine"] += sum(len(number) == 9 and number.isdigit() for number in numbers)
        kinds["empty"] += numbers.count("")
        whole = [number for number in numbers if len(number) == 18]
        kinds["repeated"] += len(whole) - len(set(whole))
    assert all(kinds[kind] > 20 for kind in ("scientific", "nine", "empty", "repeated"))


def test_persons_of_cases_are_on_a_roster_of_their_government(sample, rows_of):
    known = {digits(row) for path in (sample / "rosters").iterdir() for row in rows_of(path)}
    rows = rows_of(sample / "cases" / "register-64.csv")
    numbers = [digits(row) for row in rows if digits(row)]
    assert len(numbers) > 5
    assert set(numbers) <= known
    assert {row["INSTANSI"] for row in rows} <= {
        "Pemerintah Provinsi Kalimantan Timur",
        "Pemerintah Kota Bontang",
    }


def test_cases_keep_to_the_declared_numbers(tiny, rows_of):
    names = {row["name_id"]: row["code"] for row in read_rows(Settings().reference / "elections.csv")}
    for path in (tiny / "cases").iterdir():
        province = path.stem[-2:]
        rows = [row for row in rows_of(path) if row["STATUS KEPEGAWAIAN"] != "Non ASN"]
        persons = Counter(names.get(row["PEMILIHAN"], row["PEMILIHAN"].strip("-")) for row in rows)
        for election in MODEL.cases.elections:
            expected = election.provinces.get(province)
            found = persons.pop(election.code, 0)
            assert (expected.low <= found <= expected.high) if expected else not found
        assert not persons


def test_registers_name_nobody_and_end_at_the_cut_off(tiny, rows_of):
    formats = {"61": "%d-%m-%Y", "62": "%Y-%m-%d", "63": "%Y-%m-%d", "64": "%d/%m/%Y", "65": "%d/%m/%Y"}
    for path in (tiny / "cases").iterdir():
        for row in rows_of(path):
            assert row["TERLAPOR"] == "CONTOH"
            days = [row[name] for name in row if name.startswith(("TANGGAL", "TGL")) and row[name].strip("-")]
            dates = [datetime.datetime.strptime(day[:10], formats[path.stem[-2:]]).date() for day in days]
            assert dates and max(dates) <= MODEL.cases.cut_off


def test_progress_is_told(tmp_path):
    steps = []
    write_sample(tmp_path, governments=["6504"], scale=0.02, progress=steps.append)
    assert steps == ["6504 Pemerintah Kabupaten Tana Tidung"]


@pytest.mark.parametrize("code", ["6474", "64"])
def test_scale_multiplies_headcounts_not_cases(sample, tmp_path, rows_of, code):
    write_sample(tmp_path, governments=["64", "6474"], scale=0.1)
    name = f"rosters/{code}-2024-11-30.csv"
    assert len(rows_of(tmp_path / name)) == pytest.approx(len(rows_of(sample / name)) / 10, rel=0.03)
    register = "cases/register-64.csv"
    assert len(rows_of(tmp_path / register)) == len(rows_of(sample / register))
