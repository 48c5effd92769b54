"""What a comparison of units says in sentences, and the profile of one unit against its group and its like."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any, Final

import pandas as pd

from charts.comparing import words as telling
from charts.comparing.spine import has_mark
from charts.measure import reason
from language import Words
from metrics.between import neighbours, strata
from metrics.between.compared import Compared
from metrics.between.neighbours import Kind
from metrics.between.profile import Spine, spine
from metrics.between.shares import Shares
from metrics.frame import records
from metrics.result import Result
from ui import layout, results
from ui.explaining import answers, methods
from ui.explaining.parts import Explanation
from ui.frame import menu
from ui.frame.address import LOOKS
from ui.showing import comparing, tables
from ui.showing.drawing import Behind
from ui.showing.tables import Table
from ui.topics import comparison
from warehouse.selection import Selection

MEASURES: Final = ("alleged_rate", "recommended_rate", "followed_up_share", "as_recommended_share")
_NAMED: Final = 8
_SPINE: Final = ("measure", "told", "interval", "multiple", "multiples", "half", "peers", "pooled")
_PEERS: Final = ("unit", "headcount", "distance")


def looks(w: Words) -> dict[str, str]:
    """Ways to look at the units of a page."""
    return {code: w(f"between.looks.{code}") for code in LOOKS}


def verdict(w: Words, found: Compared | Shares) -> str:
    """Whether any unit differs by more than chance, how far all of them scatter, and what is not shown."""
    told = found.told
    if len(told) < 2:
        withheld = bool((found.frame["refusal"] == "group_suppressed").any())
        few = "comparing.group_withheld" if withheld else "between.verdict.few"
        return comparison.missing(w, found.frame) or w(few)
    apart = told[told["position"] != 0].sort_values("unit_name")
    parts = [w("between.verdict.none", n=len(told)) if apart.empty else _apart(w, apart, len(told))]
    parts.append(_scatter(w, found))
    hidden = int(found.frame["suppressed"].sum())
    if hidden:
        parts.append(w(f"between.verdict.hidden{'_share' if isinstance(found, Shares) else ''}", n=hidden))
    if isinstance(found, Compared) and found.around:
        parts.append(comparison.around(w, found.around))
    return " ".join(parts)


def ranks(w: Words, found: Compared) -> str:
    """How many ranks can be told at all."""
    if len(found.told) < 2:
        return ""
    ranked = int(found.placed["rank_lower"].notna().sum())
    if not ranked:
        return w("between.verdict.no_ranks")
    return w("between.verdict.ranks", n=ranked, field=w.number(found.ranked))


def standard(w: Words, found: Compared) -> str:
    """Of how many persons the stratum is known."""
    if found.counted is None:
        return w("between.standard_few")
    if not found.counted:
        return ""
    return w("between.standard", known=w.number(found.known), counted=w.number(found.counted))


def profile(w: Words, selection: Selection, kind: Kind) -> None:
    """The spine chart of the one unit of a selection, the units it is like, and how much of its cases is on a roster."""
    unit = selection.agencies[0] if kind == "agency" else selection.governments[0]
    rows, simulated = results.remembered(_measured, w, selection, kind)
    layout.section(w("between.profile.title"))
    if has_mark(pd.DataFrame(rows)):
        layout.text(w("between.profile.lead", group=w(f"between.profile.group_{kind}")))
    layout.text(results.remembered(standing, w, home(selection, kind), kind, unit))
    if all(row["state"] == "not_published" for row in rows):
        layout.text(w("refusal.not_published"))
    else:
        under = _under(w, selection, kind, rows)
        comparing.spine(w, pd.DataFrame(rows), f"spine_{kind}", under, simulated=simulated)
    _comparable(w, kind, unit)


def _under(w: Words, selection: Selection, kind: Kind, rows: list[dict[str, Any]]) -> Behind:
    """The table of the spine chart, and every measure explained."""

    def explained() -> list[Explanation]:
        first, *others = (results.of(metric_id, selection, "kalimantan") for metric_id in MEASURES)
        told = (methods.STANDARDISED, methods.RANKS, methods.PROFILE, methods.COMPARABLE)
        profiled = answers.of(
            w, first, *told, queries=results.ask(strata.asked, first.definition.metric_id, kind)
        )
        return [profiled, *(answers.of(w, other) for other in others)]

    return Behind(w("between.profile.title"), lambda: [_spine_table(w, rows)], explained, stands_open=True)


def _measured(w: Words, selection: Selection, kind: Kind) -> tuple[list[dict[str, Any]], bool]:
    """Rows of the spine chart, and whether any of them is simulated."""
    unit = selection.agencies[0] if kind == "agency" else selection.governments[0]
    near, around = results.ask(neighbours.comparable, unit, kind), home(selection, kind)
    rows, simulated = [], False
    for metric_id in MEASURES:
        mine = results.of(metric_id, selection, "kalimantan")
        others = _peers(metric_id, selection, kind, tuple(row.unit_id for row in near))
        group, field = (results.of(metric_id, around, by) for by in ("kalimantan", kind))
        measured = spine(mine, group, field, others)
        rows.append(_spine_row(w, mine, measured))
        simulated = simulated or mine.is_simulated
    return rows, simulated


def standing(w: Words, around: Selection, kind: Kind, unit: str) -> str:
    """What is expected of a unit among its group, what is on record, and how sure the difference is."""
    found = results.compared(results.of("alleged_rate", around, kind))
    row = found.placed[found.placed["unit_id"] == unit].to_dict("records")
    if not row:
        return ""
    if row[0]["refusal"] != "none":
        return w(f"between.standing.{_WITHOUT.get(row[0]['refusal'], 'none')}")
    one = row[0]
    told = w(
        "between.standing.told",
        observed=w.number(one["observed"]),
        expected=w.number(one["expected"], 1),
        ratio=telling.ratio(w, one["ratio"]),
        span=telling.span(w, one),
        position=telling.place(w, one).lower(),
        rank=telling.rank(w, one, found.ranked),
    )
    return f"{told} {comparison.around(w, found.around)}".strip()


def open_agency(w: Words, selection: Selection) -> None:
    """Name of the agency of a selection and the way back to all agencies of its government."""
    agency = results.agencies()[selection.agencies[0]]
    home = results.governments()[agency.government_code]
    menu.offer(w("between.profile.back", name=home.short_name), {home.short_name: home.government_code})
    layout.section(w("between.profile.agency", agency=agency.name, government=home.short_name))


def _apart(w: Words, apart: pd.DataFrame, total: int) -> str:
    names = [
        w(f"between.verdict.{_WHERE[int(row['position'])]}", name=row["unit_name"])
        for row in records(apart[["unit_name", "position"]])
    ]
    more = [w("selection.others", n=len(names) - _NAMED)] if len(names) > _NAMED else []
    kept = int(apart["discovered"].sum())
    expected = round(0.05 * total, 1)
    first = w(
        "between.verdict.some",
        n=len(names),
        total=total,
        expected=expected,
        names=w.listed([*names[:_NAMED], *more]),
    )
    return f"{first} {w('between.verdict.kept', n=kept) if kept else w('between.verdict.none_kept')}"


def _scatter(w: Words, found: Compared | Shares) -> str:
    phi = w.number(found.dispersion.phi, 1)
    return w("between.verdict.over" if found.dispersion.is_over else "between.verdict.not_over", phi=phi)


def home(selection: Selection, kind: Kind) -> Selection:
    """The group of a unit: the agencies of its government, or all governments."""
    if kind == "government":
        return replace(selection, provinces=(), governments=(), agencies=())
    code = results.agencies()[selection.agencies[0]].government_code
    return replace(selection, provinces=(), governments=(code,), agencies=())


def _peers(metric_id: str, selection: Selection, kind: Kind, units: tuple[str, ...]) -> Result | None:
    if not units:
        return None
    bare = replace(selection, provinces=(), governments=(), agencies=())
    wanted = replace(bare, agencies=units) if kind == "agency" else replace(bare, governments=units)
    return results.of(metric_id, wanted, kind)


def _spine_row(w: Words, mine: Result, found: Spine) -> dict[str, Any]:
    how = tables.measure(w, mine)
    lines, span = [how.title], w.number(None)
    if found.state in ("value", "zero"):
        row = mine.frame.iloc[0]
        span = how.span(w, row["lower"], row["upper"])
        lines.append(w("between.spine.value", value=how.shown(w, row["estimate"]), unit=how.unit))
        lines.append(w("between.spine.interval", span=span))
        lines.append(w("between.spine.multiple", multiple=w.number(found.value, 2)))
    else:
        lines.append(reason(w, how, found.state))
    known = found.peers_low is not None
    lines.append(w("between.spine.peers", n=found.pooled) if known else w("between.spine.no_peers"))
    return {**asdict(found), "name": how.title, "told": lines, "span": span}


def _spine_table(w: Words, rows: list[dict[str, Any]]) -> Table:
    head = tuple(w(f"between.spine.columns.{name}") for name in _SPINE)
    cells = tuple(
        (
            row["name"], row["told"][1], row["span"], w.number(row["value"], 2), w.span(row["low"], row["high"], 2),
            w.span(row["quarter"], row["three_quarters"], 2), w.span(row["peers_low"], row["peers_high"], 2),
            w.number(row["pooled"] or None),
        )
        for row in rows
    )  # fmt: skip
    return Table(w("between.spine.table"), head, cells, frozenset(range(2, len(_SPINE))))


def _comparable(w: Words, kind: Kind, unit: str) -> None:
    near = results.ask(neighbours.comparable, unit, kind)
    layout.section(w("between.peers.title"))
    if not near:
        layout.text(w("between.peers.none"))
        return
    layout.text(w(f"between.peers.lead_{kind}"))
    names = _names(kind)
    rows = tuple(
        (names.get(row.unit_id, row.unit_id), w.number(row.headcount), w.number(row.distance, 2))
        for row in near
    )
    head = tuple(w(f"between.peers.columns.{name}") for name in _PEERS)
    tables.draw(w, Table(w("between.peers.title"), head, rows, frozenset({1, 2})), f"peers_{kind}")


def _names(kind: Kind) -> dict[str, str]:
    homes = results.governments()
    if kind == "government":
        return {code: row.short_name for code, row in homes.items()}
    return {
        code: f"{row.name} — {homes[row.government_code].short_name}"
        for code, row in results.agencies().items()
    }


_WITHOUT: Final = {"suppressed": "hidden", "group_suppressed": "group"}
_WHERE: Final = {-2: "far_below", -1: "below", 1: "above", 2: "far_above"}
