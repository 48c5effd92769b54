"""Small warehouses for tests, built straight from data/dictionary.yml.

`build(folder, {"mart_case": [case(...)], "mart_workforce": [heads(...)]})` writes a warehouse with the real
places, elections and legal catalogue, and the pointer to it. A row is a dict; columns left out get a default.
"""

import atexit
import csv
import itertools
import shutil
import sqlite3
import tempfile
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa
import yaml

from etl.building.parts.division import step_of
from etl.following.making import TABLES, Following
from etl.protecting.making import Protecting
from settings import ROOT, Settings
from tests.steps import steps_of
from warehouse.access.sealed import SEALED, seal
from warehouse.connection import Warehouse, _cursors, _looked

AS_OF = date(2024, 11, 30)
BUILD_ID = "test-1"
_numbers = itertools.count(1)


@cache
def tables():
    """The dictionary: columns by table."""
    content = yaml.load((ROOT / "data/dictionary.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {name: table["columns"] for name, table in content["tables"].items()}


def build(folder, rows=None, build_id=BUILD_ID, base=None, k=Settings.suppress_below):
    """Write `data/build/warehouse-<build_id>.duckdb` and its pointer below `folder`; return its Settings.

    It stands on the reference rows, or on those of the warehouse at `base`. `rows` maps a table to its rows and
    replaces the rows of that table. Agencies named by rows are added, the steps of cases unless `mart_followup` is given, a
    receipt with the latest date unless `core_build` is given, and what is published of the cases for threshold `k` as a
    build makes it (nothing without `k`).
    """
    settings = Settings(data=Path(folder), key_file=Path(folder) / "pseudonym.key")
    settings.build.mkdir(parents=True, exist_ok=True)
    path = settings.build / f"warehouse-{build_id}.duckdb"
    shutil.copyfile(base or _base(), path)
    with duckdb.connect(str(path)) as connection:
        for name, given in _completed(rows or {}, build_id).items():
            connection.execute(f"DELETE FROM {name}")
            _insert(connection, name, given)
        if k and rows and "mart_case" in rows:
            _published(connection, k, rows)
    (settings.build / "current").write_text(f"{path.name}\n", encoding="utf-8")
    return settings


_PUBLISHED = {}


def _published(connection, k, rows):
    """What everybody may see of these rows; the same rows, whatever their cases are called, are protected once."""
    numbers = {row["case_id"]: number for number, row in enumerate(rows["mart_case"])}
    alike = {
        name: [{**row, "case_id": numbers.get(row.get("case_id"))} for row in given]
        for name, given in rows.items()
    }
    key = (k, repr(alike))
    tables = ("open_cell", "open_protection", "open_register", "mart_month", *TABLES)
    if key not in _PUBLISHED:
        _protect(connection, k)
        _PUBLISHED[key] = {name: connection.sql(f"FROM {name}").to_arrow_table() for name in tables}
        return
    for name, found in _PUBLISHED[key].items():
        connection.register("published", found)
        connection.execute(f"INSERT INTO {name} SELECT * FROM published")
        connection.unregister("published")


def _protect(connection, k):
    """The tables that everybody may see, as a build makes them of the cases."""
    Protecting(connection, k).lay_out()
    for name in ("open_cell", "open_protection"):
        connection.execute(f"INSERT INTO {name} SELECT * FROM temp.laid_{name}")
    connection.execute(f"INSERT INTO mart_month SELECT * FROM ({step_of('mart_month')})")
    Following(connection, k).lay_out()
    for name in TABLES:
        connection.execute(f"INSERT INTO {name} SELECT * FROM temp.laid_{name}")
    connection.execute(
        "INSERT INTO open_register SELECT province_code, bool_or(is_simulated), "
        "date_trunc('year', min(min(event_on)) OVER ())::DATE, date_trunc('month', max(event_on))::DATE "
        "FROM mart_case GROUP BY province_code"
    )


def in_full(settings, build_id=BUILD_ID):
    """The warehouse as nobody has it: every case of every place, counted from the rows of persons."""
    path = settings.build / f"warehouse-{build_id}.duckdb"
    base = seal(duckdb.connect(str(path), read_only=True, config=dict(SEALED)))
    opened = Warehouse(build_id, path, _cursors(base, _looked(base, is_older=False), frozenset()))
    opened.suppress_below, opened.is_protected = settings.suppress_below, False
    return opened


def completed(rows, build_id=BUILD_ID):
    """All rows that `build` writes for these rows, by table: the reference rows and what was left out."""
    return {**_reference(), **_completed(rows, build_id)}


def copy_to_sqlite(warehouse, path):
    """The same tables in another engine; returns the Settings that name it."""
    with duckdb.connect(str(warehouse.path), read_only=True) as con, sqlite3.connect(path) as copy:
        for name, columns in tables().items():
            fields = ", ".join(f'"{column}" {text["type"]}' for column, text in columns.items())
            copy.execute(f"CREATE TABLE {name} ({fields})")
            rows = con.execute(f"SELECT * FROM {name}").fetchall()
            plain = [[v.isoformat() if isinstance(v, date) else v for v in row] for row in rows]
            copy.executemany(f"INSERT INTO {name} VALUES ({','.join('?' * len(columns))})", plain)
    copy.close()
    return Settings(data=Path(path).parent, engine_url=f"sqlite://{path}")


def heads(headcount, government_code="6472", as_of=AS_OF, employment_type="PNS", **other):
    """A row of mart_workforce."""
    row = {
        "as_of": as_of,
        "province_code": government_code[:2],
        "government_code": government_code,
        "agency_id": f"{government_code}-dinas-pendidikan",
        "employment_type": employment_type,
        "headcount": headcount,
        "is_simulated": True,
    }
    return row | other


def case(government_code="6472", **other):
    """A row of mart_case: alleged, nothing further, in the regional election of 2024."""
    row = {
        "case_id": f"C{next(_numbers):06}",
        "person_number": 1,
        "province_code": government_code[:2],
        "government_code": government_code,
        "agency_id": f"{government_code}-dinas-pendidikan",
        "employment_type": "PNS",
        "position_class": "pelaksana",
        "age_band": "unknown",
        "roster_match": "found",
        "violation_code": "DIS-01",
        "category": "discipline",
        "election_code": "PILKADA2024",
        "phase": "campaign",
        "event_on": date(2024, 10, 15),
        "status": "reported",
        "is_forwarded": False,
        "is_recommended": False,
        "is_decided": False,
        "recommended_severity": "none",
        "imposed_severity": "none",
        "comparison": "none",
        "severity_pair": "none",
        "is_simulated": True,
    }
    return lawful(row | other)


def lawful(row):
    """The row as a build could make it: phase and category as the date decides both, and no age without a roster that knows one."""
    known = {}
    if row["employment_type"] == "unknown":
        known["roster_match"] = "no_number"
    if (row | known)["roster_match"] != "found":
        known["age_band"] = "unknown"
    if row["category"] == "code_of_ethics" and row["election_code"] != "none":
        known["phase"] = "before_candidates_set"
    if row["phase"] == "unknown":
        known["category"] = "unknown"
    return row | known


def recommended(severity="moral", **other):
    """A case with a recommended sanction."""
    return case(
        **{
            "status": "recommended",
            "is_forwarded": True,
            "is_recommended": True,
            "recommended_severity": severity,
        }
        | other
    )


def decided(comparison="as_recommended", **other):
    """A case decided by the appointing official."""
    row = recommended(
        **{"status": "decided", "is_decided": True, "imposed_severity": "moral", "comparison": comparison}
        | other
    )
    return row | {"severity_pair": f"{row['recommended_severity']}>{row['imposed_severity']}"}


def example_rows():
    """Two provinces, four governments, two snapshots, 60 persons in two elections; one government has no roster."""
    workforce = [
        heads(
            count * (1 + year) // 2, code, date(2023 + year, 11, 30), employment, agency_id=f"{code}-{agency}"
        )
        for code, count in (("64", 9000), ("6472", 6000), ("6402", 8000), ("61", 7000))
        for agency in ("dinas-pendidikan", "rsud")
        for employment in ("PNS", "PPPK")
        for year in (0, 1)
    ]
    cases = [
        make(government_code=code, employment_type=employment, **when)
        for code, count in (("64", 12), ("6472", 9), ("6402", 2), ("6171", 7))
        for when in (
            {"election_code": "PILKADA2024", "event_on": date(2024, 10, 15)},
            {"election_code": "PEMILU2024", "event_on": date(2024, 1, 15)},
        )
        for make, employment in [(case, "PNS"), (recommended, "PPPK"), (decided, "PNS")] * (count // 3)
        + [(case, "unknown")] * (count % 3)
    ]
    return {"mart_workforce": workforce, "mart_case": cases}


def _completed(rows, build_id):
    rows = {name: list(given) for name, given in rows.items()}
    marts = rows.get("mart_workforce", []) + rows.get("mart_case", [])
    agencies = {row["agency_id"]: row["government_code"] for row in marts if row["agency_id"]}
    rows.setdefault(
        "core_agency",
        [
            {
                "agency_id": agency,
                "lineage_id": agency,
                "government_code": code,
                "name": agency.split("-", 1)[-1].replace("-", " ").title(),
                "agency_type": "dinas",
            }
            for agency, code in sorted(agencies.items())
        ],
    )
    # An agency is, unless a row says otherwise, what it has become.
    rows["core_agency"] = [{"lineage_id": row["agency_id"], **row} for row in rows["core_agency"]]
    rows.setdefault("mart_workforce_stratum", [_stratum(row) for row in rows.get("mart_workforce", [])])
    days = [row["as_of"] for row in rows.get("mart_workforce", [])] + [
        row["event_on"] for row in rows.get("mart_case", [])
    ]
    rows.setdefault(
        "core_build", [{"build_id": build_id, "as_of": max([AS_OF, *days]), "is_simulated": True}]
    )
    if rows.get("mart_case"):
        as_of = max([row["as_of"] for row in rows["core_build"]], default=AS_OF)
        rows.setdefault("mart_followup", steps_of(rows["mart_case"], as_of))
    return rows


def _stratum(row):
    """The staff of a row as one stratum: everybody works as a case of `case` does, of an age nobody knows."""
    kept = {name: value for name, value in row.items() if name != "is_simulated"}
    return {**kept, "position_class": "pelaksana", "age_band": "unknown"}


@cache
def _base():
    folder = Path(tempfile.mkdtemp(prefix="netra-base-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "base.duckdb"
    with duckdb.connect(str(path)) as connection:
        for name, columns in tables().items():
            fields = ", ".join(
                f'"{column}" {text["type"]}{"" if text.get("nullable") else " NOT NULL"}'
                for column, text in columns.items()
            )
            connection.execute(f"CREATE TABLE {name} ({fields})")
        for name, rows in _reference().items():
            _insert(connection, name, rows)
    return path


def _insert(connection, name, rows):
    columns = tables()[name]
    unknown = {column for row in rows for column in row} - set(columns)
    assert not unknown, f"{name} has no columns {sorted(unknown)}"
    if not rows:
        return
    text = {
        column: pa.array([_text(row.get(column, left_out)) for row in rows], pa.string())
        for column, left_out in ((column, _default(fields)) for column, fields in columns.items())
    }
    connection.register("incoming", pa.table(text))
    casts = ", ".join(f'CAST("{column}" AS {fields["type"]})' for column, fields in columns.items())
    connection.execute(f"INSERT INTO {name} SELECT {casts} FROM incoming")
    connection.unregister("incoming")


def _text(value):
    return None if value is None else str(value)


def _default(fields):
    if fields.get("nullable"):
        return None
    if "values" in fields:
        return fields["values"][0]
    return {"BOOLEAN": "false", "DATE": str(AS_OF), "VARCHAR": ""}.get(fields["type"], "0")


def _csv(name):
    with (ROOT / "data/reference" / name).open(encoding="utf-8", newline="") as file:
        return [{key: value or None for key, value in row.items()} for row in csv.DictReader(file)]


def _reference():
    tiles = {row["code"].replace(".", ""): row for row in _csv("tilegrid.csv")}
    regions, governments = [], []
    for row in _csv("regions.csv"):
        code, tile = row["code"], tiles.get(row["code"], {})
        taken = {
            name: row[name]
            for name in (
                "level",
                "kind",
                "name",
                "short_name",
                "province_code",
                "capital",
                "bps_code",
                "population",
                "area_km2",
                "source_url",
            )
        }
        regions.append(
            taken
            | {
                "region_code": code,
                "bkn_code": row["bkn_instansi_code"],
                "tile_row": tile.get("row"),
                "tile_col": tile.get("col"),
            }
        )
        governments.append(
            {
                "government_code": code,
                "name": f"Pemerintah {row['name']}",
                "short_name": f"Pemprov {row['short_name']}"
                if row["level"] == "province"
                else row["short_name"],
                "level": row["level"],
                "province_code": row["province_code"],
            }
        )
    pairs = [(row["region_code"], row["neighbour_code"], row["kind"]) for row in _csv("neighbours.csv")]
    neighbours = [
        {"region_code": region, "neighbour_code": other, "kind": kind}
        for one, two, kind in pairs
        for region, other in ((one, two), (two, one))
    ]
    places = {"core_region": regions, "core_government": governments, "core_region_neighbour": neighbours}
    return {**places, **_elections(), **_law()}


def _elections():
    elections = []
    for row in _csv("elections.csv"):
        voting = date.fromisoformat(row["voting_date"])
        elections.append(
            {
                "election_code": row["code"],
                "name_id": row["name_id"],
                "name_en": row["name_en"],
                "election_type": row["type"],
                "scope": row["scope"],
                "voting_on": voting,
                "candidate_set_on": _day(row["candidate_set_date"]),
                "campaign_start_on": _day(row["campaign_start"]),
                "quiet_start_on": _day(row["quiet_start"]),
                "window_start_on": voting - timedelta(days=360),
                "window_end_on": voting + timedelta(days=30),
                "confidence": row["confidence"],
                "legal_basis": row["legal_basis"],
                "source_url": row["source_url"],
            }
        )
    votes = [
        {
            name: row[name]
            for name in ("election_code", "region_code", "contest", "coverage", "confidence", "source_url")
        }
        for row in _csv("elections_regions.csv")
    ]
    return {"core_election": elections, "core_election_region": votes}


def _day(text):
    return date.fromisoformat(text) if text else None


def _law():
    violations = [
        {
            "violation_code": row["code"],
            "category": row["category"],
            "phase_rule": row["phase"],
            "name_id": row["name_id"],
            "name_en": row["name_en"],
            "legal_basis": row["legal_basis"],
            "source_url": row["source_url"],
        }
        for row in _csv("violation_types.csv")
    ]
    sanctions = [
        {
            "sanction_code": row["code"],
            "severity": row["severity"],
            "rank": row["rank"],
            "name_id": row["name_id"],
            "name_en": row["name_en"],
            "legal_basis": row["legal_basis"],
            "regime": row["regime"],
            "applies_to": row["applies_to"],
            "source_url": row["source_url"],
        }
        for row in _csv("sanctions.csv")
    ]
    bodies = [row | {"body": row["body"].lower()} for row in _csv("examining_bodies.csv")]
    known = [{name: row[name] for name in ("body", "valid_from", "valid_to")} for row in bodies]
    return {"core_violation_type": violations, "core_sanction": sanctions, "core_examining_body": known}
