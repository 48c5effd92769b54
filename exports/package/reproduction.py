"""Ten lines of Python and of R that work one figure out anew from the rows of the package."""

from __future__ import annotations

from collections.abc import Mapping

from exports.columns import Columns, Value
from metrics.definition import Definition


def example(columns: Columns) -> Mapping[str, Value] | None:
    """The first row with a number, or with a zero; None where no row has one."""
    for wanted in ("value", "zero"):
        if wanted in columns["state"]:
            place = list(columns["state"]).index(wanted)
            return {name: values[place] for name, values in columns.items()}
    return None


def python(metric: Definition, row: Mapping[str, Value] | None) -> bytes:
    """A script that reads data.csv beside it, and fails where the figure is another."""
    unit, period, group = _key(row)
    return f"""import csv, pathlib

path = pathlib.Path(__file__).with_name("data.csv")
rows = list(csv.DictReader(path.open(encoding="utf-8")))
wanted = ({unit}, {period}, {group})
found = [row for row in rows if (row["unit_id"], row["period"], row["group"]) == wanted]
for row in found:
    events, estimate = float(row["events"]), float(row["estimate"])
    value = {_formula(metric, 'float(row["exposure"])')}
    print(row["unit_name"], value, "=", estimate, abs(value - estimate) < 1e-9)
""".encode()


def r(metric: Definition, row: Mapping[str, Value] | None) -> bytes:
    """The same in R, without packages."""
    unit, period, group = _key(row)
    return f"""rows <- read.csv("data.csv", colClasses = "character", encoding = "UTF-8")
found <- rows[rows$unit_id == {unit}, ]
found <- found[found$period == {period}, ]
found <- found[found$group == {group}, ]
events <- as.numeric(found$events)
exposure <- as.numeric(found$exposure)
estimate <- as.numeric(found$estimate)
value <- {_formula(metric, "exposure")}
print(found$unit_name)
print(c(value, estimate, abs(value - estimate) < 1e-9))
""".encode()


def _formula(metric: Definition, exposure: str) -> str:
    if metric.kind == "count":
        return "events"
    return f"events / {exposure} * {metric.per}" if metric.kind == "rate" else f"events / {exposure}"


def _key(row: Mapping[str, Value] | None) -> tuple[str, str, str]:
    # Codes hold letters, digits, dots and hyphens, so a text of Python is one of R.
    unit, period, group = ((row or {}).get(name, "") for name in ("unit_id", "period", "group"))
    return f'"{unit}"', f'"{period}"', f'"{group}"'
