"""How a row of a comparison is told: hover lines, and one sentence about all of them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import pandas as pd

from language import Value, Words, is_missing

Row = Mapping[Hashable, Value]


def ratio(words: Words, x: Value) -> str:
    """A ratio with two decimals: 0,78; with one from 10 on."""
    return words.number(x, 1 if not is_missing(x) and float(x) >= 10 else 2)


def place(words: Words, row: Row) -> str:
    """Where a unit lies in the funnel, in words."""
    return words(f"between.position.{_NAMES[int(row['position'])]}")


def rank(words: Words, row: Row, field: int) -> str:
    """The interval of a rank, or that there is none to tell."""
    if is_missing(row["rank_lower"]):
        return words("between.rank.none")
    low, high = (words.number(row[name]) for name in ("rank_lower", "rank_upper"))
    return words("between.rank.told", low=low, high=high, field=words.number(field))


def hover(words: Words, row: Row) -> list[str]:
    """Lines about a unit with a ratio, its name first."""
    level = words.percent(0.95)
    return [
        str(row["unit_name"]),
        words(
            "between.hover.counts",
            observed=words.number(row["observed"]),
            expected=words.number(row["expected"], 1),
        ),
        words("between.hover.ratio", ratio=ratio(words, row["ratio"]), span=span(words, row), level=level),
        place(words, row),
        words("between.hover.smoothed", ratio=ratio(words, row["smoothed"]), share=drawn_in(words, row)),
    ]


def span(words: Words, row: Row) -> str:
    """The interval of a ratio; after zero events up to its upper bound."""
    if is_missing(row["lower"]) or is_missing(row["upper"]):
        return words.number(None)
    return f"{ratio(words, row['lower'])}–{ratio(words, row['upper'])}"


def drawn_in(words: Words, row: Row) -> str:
    """How far a smoothed ratio was drawn towards the mean: 0% not at all, 100% all the way."""
    return words.percent(None if is_missing(row["weight"]) else 1.0 - float(row["weight"]))


def alt(key: str, frame: pd.DataFrame, words: Words) -> str:
    """One sentence: how many units, how many outside which limits, how many are withheld or have no ratio."""
    told = frame[frame["refusal"] == "none"]
    if told.empty:
        return words("chart.no_rows")
    position = told["position"]
    parts = [words(key, n=len(told))]
    outer, inner = int((position.abs() == 2).sum()), int((position.abs() == 1).sum())
    if outer or inner:
        parts.append(words("between.alt.outside", outer=outer, inner=inner))
    else:
        parts.append(words("between.alt.inside"))
    hidden, without = (
        int(frame["suppressed"].sum()),
        int((~frame["refusal"].isin(["none", "suppressed"])).sum()),
    )
    parts += [words("between.alt.hidden", n=hidden)] if hidden else []
    parts += [words("between.alt.without", n=without)] if without else []
    parts += [words("chart.alt.simulated")] if bool(frame["is_simulated"].any()) else []
    return "; ".join(parts) + "."


_NAMES = {-2: "far_below", -1: "below", 0: "within", 1: "above", 2: "far_above"}
