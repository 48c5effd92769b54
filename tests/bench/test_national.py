from __future__ import annotations

import csv
from datetime import date

import polars as pl
import pytest

from bench.national import in_pandas, in_polars, ours
from bench.national.agreement import disagreements
from bench.national.roster import FAULTS, LAST_YEAR, OLDEST, YOUNGEST, Roster, frames, write_roster
from bench.national.work import COLUMNS, Task
from tests.etl.files import nip

ROWS = 3_000
SEED = 4
UGLY = (
    # What a generated roster has not: spaces in a number, total rows, lone dashes, and the rarer faults.
    ("1899 0101 2004 01 1 001", {}),
    ("190002302004011001", {"status": "aktif"}),
    ("189901012004011002", {"agency": "-"}),
    ("189901012004011003", {"work": "Pemerintah Kabupaten Paser"}),
    # The first day of birth that a simulated file may not hold; put together here, so that no such number is written down.
    (nip(4, birth="19300101", since="200401"), {}),
    ("189901012004011005", {"remark": ""}),
    ("190001011910011006", {}),
    ("189901012004013007", {"sex": "Pria"}),
    ("18990101200401100A", {}),
    ("1899010120040110", {}),
    ("18990101 200401 1 001", {}),
    ("190001012004251008", {"status": "Honorer", "position": "-", "rank": "–", "standing": "04"}),
    ("Jumlah", {"agency": "", "status": "", "position": "", "remark": ""}),
)


def ugly_lines():
    for number, changes in UGLY:
        cell = {
            "sex": "M", "status": "PNS", "rank": "III/a", "position": "Lurah", "agency": " Dinas Sosial Waru ",
            "work": "Pemerintah Provinsi Kalimantan Timur", "standing": "Aktif", "remark": "Data Simulasi",
        } | changes  # fmt: skip
        yield (
            number, "CONTOH", cell["sex"], cell["status"], cell["rank"], "Struktural", cell["position"], cell["agency"],
            cell["work"], cell["standing"], "01-01-1899", cell["remark"],
        )  # fmt: skip


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("national") / "roster.csv"
    return path, write_roster(path, Roster(ROWS, seed=SEED))


def table(roster, chunk=1_000):
    return pl.concat([frame for frame, _ in frames(roster, chunk)])


def done(task, monkeypatch):
    monkeypatch.setenv("NETRA_KEY_FILE", str(task.path.parent / "key"))
    counts = {}
    for hand in (ours, in_polars, in_pandas):
        out = task.out / hand.__name__.rpartition(".")[2]
        out.mkdir(parents=True)
        monkeypatch.setenv("NETRA_DATA", str(out / "data"))
        counts[out.name] = vars(hand.work(Task(task.path, task.government, task.as_of, out))())
    return counts


def text(frame):
    return frame.with_columns(pl.col(pl.Categorical, pl.Enum).cast(pl.String)).sort("person")


def people_in_vault(out):
    (file,) = out.glob("data/vault/people-*/rosters/*.parquet")
    return text(pl.read_parquet(file))


def rejected(out):
    (file,) = out.glob("data/vault/people-*/rejections/*.parquet")
    return pl.read_parquet(file)


def test_a_row_depends_on_its_number_and_the_seed_alone():
    whole = table(Roster(ROWS, seed=SEED))
    assert whole.equals(table(Roster(ROWS, seed=SEED), chunk=77))
    assert table(Roster(100, seed=SEED)).equals(whole.head(100))
    assert not table(Roster(ROWS, seed=SEED + 1)).equals(whole)


def test_broken_numbers_are_as_many_as_it_says(file):
    path, refused = file
    with path.open(encoding="utf-8", newline="") as text:
        numbers = [row[COLUMNS["nip"]].lstrip("'") for row in csv.DictReader(text)]
    sound = [number for number in numbers if len(number) == 18]
    assert refused["nip_missing"] == numbers.count("")
    assert refused["nip_scientific"] == numbers.count("1,98E+17")
    assert refused["nip_old_number"] == sum(len(number) == 9 for number in numbers)
    assert refused["nip_truncated"] == sum(number.endswith("000") for number in sound)
    assert refused["nip_birth_date"] == sum(number[4:8] == "0230" for number in sound)
    assert refused["nip_month_code"] == sum(number[12:14] == "14" for number in sound)
    assert refused["duplicate_person"] == len(sound) - len(set(sound)) > 0
    assert set(refused) == {*FAULTS, "duplicate_person"}
    assert 0.005 < sum(refused.values()) / ROWS < 0.02


def test_everybody_was_born_before_1930_and_appointed_before_the_date(file):
    with file[0].open(encoding="utf-8", newline="") as text:
        numbers = [row[COLUMNS["nip"]] for row in csv.DictReader(text)]
    years = {(int(number[:4]), int(number[8:12])) for number in numbers if len(number) == 18}
    assert all(OLDEST <= born <= YOUNGEST and born + 17 <= since <= LAST_YEAR for born, since in years)


def test_rosters_of_other_row_numbers_share_nobody():
    one, two = (set(table(Roster(ROWS, start=start, seed=SEED))[COLUMNS["nip"]]) for start in (0, ROWS))
    assert not {number for number in one & two if len(number) > 9}


def test_the_product_polars_and_pandas_do_the_same_work(file, tmp_path, monkeypatch):
    path, refused = file
    counts = done(Task(path, "64", date(2024, 11, 30), tmp_path), monkeypatch)
    assert not disagreements(counts, ROWS, refused)
    assert counts["ours"]["warehouse"] == counts["in_polars"]["warehouse"] is not None
    people = [people_in_vault(tmp_path / hand) for hand in ("ours", "in_polars")]
    people.append(text(pl.read_parquet(tmp_path / "in_pandas" / "people.parquet")))
    assert people[0].equals(people[1].select(people[0].columns))
    assert people[1].select(people[2].columns).equals(people[2])


def test_they_agree_on_ugly_rows(file, tmp_path, monkeypatch):
    path = tmp_path / "ugly.csv"
    path.write_bytes(file[0].read_bytes())
    with path.open("a", encoding="utf-8", newline="") as text:
        csv.writer(text).writerows(ugly_lines())
    counts = done(Task(path, "64", date(2024, 11, 30), tmp_path), monkeypatch)
    refused = counts["ours"]["refused"]
    assert counts["ours"]["read"] == ROWS + len(UGLY) - 1
    assert not disagreements(counts, ROWS + len(UGLY) - 1, refused)
    assert {
        "agency_missing",
        "other_government",
        "simulated_living",
        "nip_appointment_year",
        "nip_not_digits",
    } <= set(refused)
    written = [rejected(tmp_path / hand) for hand in ("ours", "in_polars")]
    assert written[0].equals(written[1].select(written[0].columns))
    again = pl.read_parquet(tmp_path / "in_pandas" / "refused.parquet")
    known = set(written[0].select("row_number", "rule").iter_rows())
    assert known == set(again.filter(pl.col("rule") != "duplicate_person").select("row", "rule").iter_rows())
