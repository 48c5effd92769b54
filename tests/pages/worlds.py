"""The four states of the product: nothing loaded, one government, all 61, and a filter that leaves nothing."""

from datetime import date

from etl.building.build import build
from settings import Settings
from tests import builders

HOME = "6472"
SILENT = "65"
"""A province without any case: its register is taken as not loaded."""
SIZES = (9000, 400, 61000, 5000, 1)
PERSONS = (9, 0, 3, 14, 40, 6, 1)
DAYS = {"PILKADA2024": date(2024, 10, 15), "PILKADA2020": date(2020, 10, 15)}


def source(code, kind="roster", **other):
    row = {
        "source_id": f"{kind}-{code}", "kind": kind, "government_code": code, "file_name": f"{kind}-{code}.csv",
        "as_of": builders.AS_OF, "rows_read": 10, "rows_loaded": 9, "rows_rejected": 1, "is_simulated": True,
    }  # fmt: skip
    return row | other


def staff(code, heads):
    return [
        builders.heads(max(1, heads // share), code, day, kind, agency_id=f"{code}-{agency}")
        for agency in ("dinas", "rsud")
        for day in (date(2020, 12, 31), builders.AS_OF)
        for kind, share in (("PNS", 1), ("PPPK", 4))
    ]


def cases(code, persons):
    """Persons of every state of a case, in two elections, PNS and PPPK, in both agencies and in none."""
    made = (builders.case, builders.recommended, builders.decided)
    return [
        made[n % 3](
            government_code=code,
            agency_id=(f"{code}-dinas", f"{code}-rsud", None)[n % 5 % 3],
            employment_type=kind,
            election_code=election,
            event_on=day,
            roster_match=("found", "absent")[n % 4 == 0],
            **(
                {"comparison": "lighter", "recommended_severity": "medium"}
                if n % 4 == 2 and n % 3 == 2
                else {}
            ),
        )
        for election, day in DAYS.items()
        for kind in ("PNS", "PPPK")
        for n in range(persons if kind == "PNS" else persons // 2)
    ]


def prevented():
    activity = {
        "source_id": "prevention-1", "government_code": HOME, "province_code": "64", "kind": "socialisation",
        "held_on": "2024-10-03", "issuer": "bawaslu", "election_code": "PILKADA2024", "participants": 120,
    }  # fmt: skip
    changes = (
        {},
        {"participants": 3},
        {"kind": "pledge", "election_code": None},
        {"government_code": "6102", "province_code": "61"},
    )
    return [activity | change | {"row_number": n} for n, change in enumerate(changes, 2)]


def one():
    loaded = [source(HOME), source(HOME, "cases", file_name="register.csv")]
    return {
        "mart_workforce": staff(HOME, 5000), "mart_case": cases(HOME, 22), "core_source": loaded,
    }  # fmt: skip


def everything():
    codes = [row["government_code"] for row in builders.completed({})["core_government"]]
    rows = {
        "mart_workforce": [],
        "mart_case": [],
        "core_source": [source("all", "cases")],
    }
    for n, code in enumerate(codes):
        # Some governments have no roster; one whole province has no register.
        if n % 9 != 4:
            rows["mart_workforce"] += staff(code, SIZES[n % len(SIZES)])
            rows["core_source"].append(source(code))
        if code[:2] != SILENT:
            persons = 14 if code == HOME else PERSONS[n % len(PERSONS)]
            rows["mart_case"] += cases(code, persons)
    rows["core_source"].append(source("1", "prevention", publisher="Bawaslu", is_simulated=False))
    return rows | {"core_prevention": prevented()}


def built(folder):
    """Folders of the states by name; a filter is asked of all 61. Each stands on the real published and reference facts."""
    nothing = folder / "nothing"
    build(Settings(data=nothing, key_file=folder / "key"))
    facts = nothing / "build" / (nothing / "build" / "current").read_text("utf-8").strip()
    for name, rows in (("one", one()), ("all", everything())):
        builders.build(folder / name, rows, build_id=f"matrix-{name}", base=facts)
    return {"nothing": nothing, "one": folder / "one", "all": folder / "all", "filter": folder / "all"}
