"""Invented warehouses with strata: governments with rosters of known make-up and cases of known persons."""

from collections import Counter
from datetime import date
from itertools import product

import duckdb

from tests import builders

DAY = date(2024, 1, 1)


def staff(code, agency, headcount, *stratum, as_of=DAY):
    employment, position, age = stratum or ("PNS", "pelaksana", "30_39")
    return {
        "as_of": as_of, "province_code": code[:2], "government_code": code, "agency_id": f"{code}-{agency}",
        "employment_type": employment, "position_class": position, "age_band": age, "headcount": headcount,
    }  # fmt: skip


def rows(strata, cases):
    """Rows of a world: the mart of staff is the sum of its strata."""
    sums = {}
    for row in strata:
        key = (row["as_of"], row["government_code"], row["agency_id"], row["employment_type"])
        sums[key] = sums.get(key, 0) + row["headcount"]
    heads = [
        builders.heads(count, code, day, employment, agency_id=agency)
        for (day, code, agency, employment), count in sums.items()
    ]
    return {"mart_workforce": heads, "mart_workforce_stratum": strata, "mart_case": cases}


def persons(many, code, agency="a", *stratum, **other):
    employment, position, age = stratum or ("PNS", "pelaksana", "30_39")
    return [
        builders.case(
            code, agency_id=f"{code}-{agency}", employment_type=employment, position_class=position, age_band=age,
            **other,
        )
        for _ in range(many)
    ]  # fmt: skip


def publish(settings, world, hidden=frozenset()):
    """Lay the alleged persons of covered governments by stratum into the protected table, those of `hidden` as a range.

    They are told exactly: what of them is withheld is here a matter of the test. Without a case there is no table.
    """
    covered = {row["government_code"] for row in world["mart_workforce_stratum"]}
    counts = Counter(
        name
        for row in world["mart_case"]
        if row["government_code"] in covered
        for name in (measure(*(row[kind] for kind in KINDS[:depth])) for depth in range(4))
    )
    names = [
        measure(*parts) for depth in range(4) for parts in product(*(VALUES[kind] for kind in KINDS[:depth]))
    ]
    with duckdb.connect(str(next(settings.build.glob("warehouse-*.duckdb")))) as connection:
        for name in names if world["mart_case"] else ():
            count, low, high = counts[name], max(0, counts[name] - 2), counts[name] + 3
            told = ("withheld", None, low, high) if name in hidden else ("published", count, count, count)
            here = ("kalimantan", "kalimantan", "whole", name)
            connection.execute(
                "DELETE FROM open_cell WHERE (level, place_code, period, measure) = (?, ?, ?, ?)", here
            )
            connection.execute("INSERT INTO open_cell VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [*here, *told])
    return settings


KINDS = ("employment_type", "position_class", "age_band")
VALUES = {kind: builders.tables()["mart_workforce_stratum"][kind]["values"] for kind in KINDS}


def groups():
    """All strata, and the coarser groups of them down to everybody."""
    return [parts for depth in range(4) for parts in product(*(VALUES[kind] for kind in KINDS[:depth]))]


def withheld(warehouse):
    """The groups whose persons the protected table of a warehouse does not tell exactly."""
    asked = "SELECT measure FROM open_cell WHERE level = 'kalimantan' AND period = 'whole' AND least = most"
    told = {name for (name,) in warehouse.backend().con.execute(asked).fetchall()}
    return {parts for parts in groups() if measure(*parts) not in told}


def measure(*parts):
    """The measure of the covered persons of a stratum, or of a coarser group of them."""
    named = [f"{kind}={value}" for kind, value in zip(KINDS, parts, strict=False)]
    return "&".join(sorted([*named, "is_covered=true"]))
