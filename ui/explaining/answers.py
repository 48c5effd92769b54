"""The explanation of an answer to a metric, from its definition and from the answer itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from charts.measure import Measure, group_name
from language import Words
from metrics.definition import Criteria
from metrics.frame import ALL, WHOLE
from metrics.result import Result
from ui import method, results
from ui.downloading import receipts
from ui.explaining import parts, sources
from ui.explaining.methods import Method, on_top
from ui.explaining.parts import Explanation
from ui.showing import tables
from warehouse.tables import Query

_STAFF: Final = ("asn_years", "asn")


def of(w: Words, result: Result, *methods: Method, queries: tuple[Query, ...] = ()) -> Explanation:
    """All parts for one answer, and what `methods` made of it afterwards; `queries` are what these asked besides."""
    metric = result.definition
    interval = w("explain.interval", name=w(f"ui.method.intervals.{metric.interval}"))
    lines = {
        "definition": (metric.description.of(w.lang), w("explain.unit", unit=result.unit(w.lang))),
        "formula": (metric.formula.of(w.lang), *_example(w, result)),
        "numerator": (
            _rows(w, metric.events),
            *([w("explain.rows.inside")] if metric.kind == "proportion" else []),
            sources.registers(w),
        ),
        "denominator": _denominator(w, result),
        "interval": (interval, *_intervals(w, result)),
        "not_shown": _not_shown(w, result),
        "limits": method.limits(w, metric, result.caveats),
        "filters": (parts.filters(w, result.selection), _split(w, result)),
        "build": (parts.build(w), receipts.line(w, result)),
        "sql": (w("explain.sql.answer", k=results.suppress_below()),),
    }
    without = frozenset({"denominator"}) if metric.kind == "count" else frozenset()
    told = Explanation(metric.title.of(w.lang), lines, without, result.queries)
    return told.also(on_top(w, methods), queries)


def _rows(w: Words, criteria: Criteria | None) -> str:
    """Which rows count, as the definition says it."""
    if criteria is None:
        return w("explain.no_denominator")
    wanted = [
        f"{name} = {' | '.join(str(value) for value in values)}" for name, values in criteria.where.items()
    ]
    rows = w(f"explain.rows.{criteria.table}")
    return (
        w("explain.rows.some", rows=rows, where=w.listed(wanted))
        if wanted
        else w("explain.rows.all", rows=rows)
    )


def _denominator(w: Words, result: Result) -> tuple[str, ...]:
    exposure = result.definition.exposure
    if result.basis not in _STAFF:
        return (_rows(w, exposure), sources.registers(w)) if exposure else (_rows(w, None),)
    covered = w(
        "ui.source.coverage",
        covered=result.coverage.governments_with_roster,
        total=result.coverage.governments_total,
    )
    lines = (
        _rows(w, exposure),
        w(f"explain.denominator.{result.basis}"),
        method.snapshots(w, result),
        covered,
    )
    return (*lines, sources.rosters(w, result))


def _example(w: Words, result: Result) -> tuple[str, ...]:
    """The first row with events worked out, so that a reader can do it again; nothing where no row has any."""
    shown = result.frame[(result.frame["refusal"] == "none") & (result.frame["events"] > 0)]
    if shown.empty or result.definition.kind == "count":
        return ()
    row, how = shown.iloc[0].to_dict(), tables.measure(w, result)
    key = "explain.example.rate" if result.definition.kind == "rate" else "explain.example.share"
    return (w(key, **_worked(w, result, how, row)),)


def _worked(w: Words, result: Result, how: Measure, row: Mapping[Any, Any]) -> dict[str, Any]:
    names = [_together(w) if result.by == "kalimantan" else row["unit_name"]]
    names += [results.elections(w).get(row["period"], row["period"])] if row["period"] != WHOLE else []
    names += [group_name(w, row["group"])] if row["group"] != ALL else []
    return {
        "name": ", ".join(names),
        "per": result.definition.per or 1,
        "events": row["events"],
        "exposure": w.number(row["exposure"]),
        "value": how.shown(w, row["estimate"]),
        "unit": how.unit,
        "span": how.span(w, row["lower"], row["upper"]),
    }


def _intervals(w: Words, result: Result) -> tuple[str, ...]:
    """How the intervals of this answer were made where that differs from the metric's own."""
    found = [
        m
        for m in ("exact_poisson_zero", "exact_poisson_range")
        if (result.frame["interval_method"] == m).any()
    ]
    return tuple(w(f"explain.intervals.{name}") for name in found)


def _not_shown(w: Words, result: Result) -> tuple[str, ...]:
    """How many rows have no number, by reason."""
    found = result.frame["refusal"].value_counts()
    reasons = [(code, int(n)) for code, n in sorted(found.items()) if code != "none"]
    left_out = method.left_out(w, result)
    lines = tuple(
        w("explain.refused", n=n, total=len(result.frame), reason=w(f"refusal.{code}")) for code, n in reasons
    )
    return (*lines, *([left_out] if left_out else [])) or (w("explain.nothing_refused"),)


def _split(w: Words, result: Result) -> str:
    units = _together(w) if result.by == "kalimantan" else w(f"pages.downloads.units.{result.by}")
    told = [units, w(f"pages.downloads.periods.{result.period}")]
    told += [w(f"explain.group.{result.group}")] if result.group else []
    return w("explain.split", parts="; ".join(told))


def _together(w: Words) -> str:
    """What a row stands for that holds everything selected: all Kalimantan only where no place is chosen."""
    return w("explain.together")
