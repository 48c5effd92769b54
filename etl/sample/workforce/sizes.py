"""How many PNS and PPPK each government employs at each snapshot, from published figures or from the size model."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from etl.sample.model import Headcount
from etl.sample.places import Government

FIRST_PPPK_YEAR = 2021


@dataclass(frozen=True)
class Figure:
    """One published headline figure of a government."""

    figure_id: str
    on: date
    pns: float | None
    pppk: float | None
    total: float | None


@dataclass(frozen=True)
class Size:
    """Active PNS and PPPK of one government on one date."""

    pns: int
    pppk: int


def day_of(as_of: str) -> date:
    """The day a published date stands for: a year is its middle, a month its end."""
    parts = [int(part) for part in as_of.split("-")]
    if len(parts) == 1:
        return date(parts[0], 7, 1)
    if len(parts) == 2:
        return date(parts[0], parts[1], monthrange(parts[0], parts[1])[1])
    return date(parts[0], parts[1], parts[2])


def headline_figures(rows: list[dict[str, str]], headcount: Headcount) -> dict[str, list[Figure]]:
    """The usable headline figures of each government, by government code."""
    unused = {entry.figure for entry in headcount.set_aside}
    figures: dict[str, list[Figure]] = {}
    for row in rows:
        headline = row["scope"] == "government" and row["breakdown"] == "none" and not row["agency_name"]
        if headline and row["figure_id"] not in unused:
            numbers = (float(row[key]) if row[key] else None for key in ("pns", "pppk", "asn_total"))
            code = row["regency_code"] or row["province_code"]
            figures.setdefault(code, []).append(Figure(row["figure_id"], day_of(row["as_of"]), *numbers))
    return figures


class SizeModel:
    """Published figures carried to any date, and a log-linear size model where there are none."""

    def __init__(
        self, headcount: Headcount, rows: list[dict[str, str]], governments: Mapping[str, Government]
    ) -> None:
        self.headcount = headcount
        self.figures = headline_figures(rows, headcount)
        trend = {row["figure_id"]: row for row in rows if row["figure_id"] in headcount.trend}
        points = sorted((day_of(row["as_of"]).toordinal(), float(row["pns"])) for row in trend.values())
        self._trend_days, self._trend_pns = zip(*points, strict=True)
        self._share_days = [point.as_of.toordinal() for point in headcount.pppk_share]
        self._shares = [point.share for point in headcount.pppk_share]
        self.fitted_on = headcount.pppk_share[-1].as_of
        self.intercept, self.slope = self._fit(governments)

    def trend(self, on: date) -> float:
        """National PNS on a date, linear between published totals and constant outside."""
        return float(np.interp(on.toordinal(), self._trend_days, self._trend_pns))

    def pppk_share(self, on: date) -> float:
        """Assumed share of PPPK among ASN on a date."""
        return float(np.interp(on.toordinal(), self._share_days, self._shares))

    def size(self, place: Government, on: date, scale: float = 1.0) -> Size:
        """PNS and PPPK of a government on a date, times `scale`; at least 12 PNS."""
        pns = self._published_pns(place.code, on)
        if pns is None:
            carried = self.trend(on) / self.trend(self.fitted_on)
            pns = float(np.exp(self.intercept + self.slope * np.log(place.population))) * carried
        share = self.pppk_share(on)
        pppk = self._published_pppk(place.code, on)
        if pppk is None:
            pppk = pns * share / (1 - share)
        return Size(max(round(pns * scale), 12), round(pppk * scale))

    def _published_pns(self, code: str, on: date) -> float | None:
        known = [figure for figure in self.figures.get(code, ()) if self._pns(figure) is not None]
        if not known:
            return None
        nearest = min(known, key=lambda figure: (abs((figure.on - on).days), figure.figure_id))
        return (self._pns(nearest) or 0.0) * self.trend(on) / self.trend(nearest.on)

    def _pns(self, figure: Figure) -> float | None:
        if figure.pns is not None or figure.total is None:
            return figure.pns
        if figure.on.year < FIRST_PPPK_YEAR:
            return figure.total
        return figure.total * (1 - self.pppk_share(figure.on))

    def _published_pppk(self, code: str, on: date) -> float | None:
        limit = self.headcount.pppk_within_days
        near = [
            (abs((figure.on - on).days), figure.pppk)
            for figure in self.figures.get(code, ())
            if figure.pppk is not None and abs((figure.on - on).days) <= limit
        ]
        return min(near)[1] if near else None

    def _fit(self, governments: Mapping[str, Government]) -> tuple[float, float]:
        known = {
            code: pns
            for code, place in governments.items()
            if not place.is_province and (pns := self._published_pns(code, self.fitted_on)) is not None
        }
        people = np.log([governments[code].population for code in known])
        slope, intercept = np.polyfit(people, np.log(list(known.values())), 1)
        return float(intercept), float(slope)
