"""Invented warehouses with strata: governments with rosters of known make-up and cases of known persons."""

from datetime import date

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
