"""Which sanction is recommended for an act, and which one the appointing official imposes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from etl.sample.model import Sanctions

PARTY_MEMBER = "DIS-05"
MEDIUM_TYPES = ("DIS-03", "PP94-N2")
ETHICS_LIKE = ("DIS-01", "DIS-02", "DIS-04", "DIS-06", "DIS-07")
NO_LEVEL = ("DIS-12", "PP94-N1")
CRIMINAL = {"PID-01": "CRIM_UU7_494", "PID-04": "CRIM_UU10_188"}
MODERATE_BEFORE = ("P53_KGB_12", "P53_KP_12", "P53_RANK_12")
HEAVY_BEFORE = ("P53_RANK_36", "P53_TRANSFER", "P53_RELEASE")


def draw(shares: Mapping[str, float], random: np.random.Generator) -> str:
    """One key, with the given relative shares."""
    weights = np.array(list(shares.values()))
    return list(shares)[int(random.choice(len(weights), p=weights / weights.sum()))]


def recommended(
    code: str, occurred_on: date, is_pppk: bool, model: Sanctions, random: np.random.Generator
) -> str:
    """Sanction code recommended for a violation on a date; empty where no level is fixed."""
    if code in CRIMINAL or code in NO_LEVEL:
        return CRIMINAL.get(code, "")
    if code.startswith("ETIK"):
        return draw(model.moral.shares, random)
    if is_pppk:
        return "PPPK_TERMINATION" if code == PARTY_MEMBER else "PPPK_DISCIPLINE"
    if code == PARTY_MEMBER:
        return "H_PTDH"
    if occurred_on < model.pp94_from:
        is_moral = code in ETHICS_LIKE and random.random() < model.old_law_moral.share
        return draw((model.moral if is_moral else model.pp53).shares, random)
    return draw((model.medium if code in MEDIUM_TYPES else model.heavy).shares, random)


def imposed(asked: str, occurred_on: date, model: Sanctions, random: np.random.Generator) -> str:
    """Sanction code imposed for a recommended one: mostly the same, sometimes lighter, seldom heavier."""
    fate = draw(model.imposed.model_dump(), random)
    if asked == "":
        return draw(model.light.shares, random)
    if fate == "as_recommended" or asked.startswith(("CRIM", "PPPK_D")):
        return asked
    change = lighter if fate == "lighter" else heavier
    return change(asked, occurred_on < model.pp94_from, model, random)


def lighter(asked: str, is_old_law: bool, model: Sanctions, random: np.random.Generator) -> str:
    """A sanction below the one asked for."""
    if asked.startswith("MORAL"):
        return "MORAL_CLOSED"
    if asked.startswith("L_"):
        return "L_ORAL"
    if asked == "PPPK_TERMINATION":
        return "PPPK_DISCIPLINE"
    is_medium = asked.startswith("M_") or asked in MODERATE_BEFORE
    if is_medium or random.random() < 0.3:
        return draw(model.light.shares, random)
    return _medium(is_old_law, model, random)


def heavier(asked: str, is_old_law: bool, model: Sanctions, random: np.random.Generator) -> str:
    """A sanction above the one asked for."""
    if asked.startswith("MORAL"):
        return draw(model.light.shares, random)
    if asked.startswith("L_"):
        return _medium(is_old_law, model, random)
    if asked.startswith("M_") or asked in MODERATE_BEFORE:
        return str(random.choice(HEAVY_BEFORE)) if is_old_law else "H_POSITION_12"
    return asked if asked in ("H_PTDH", "PPPK_TERMINATION") else "H_PDHTAPS"


def _medium(is_old_law: bool, model: Sanctions, random: np.random.Generator) -> str:
    return str(random.choice(MODERATE_BEFORE)) if is_old_law else draw(model.medium.shares, random)
