"""The closed lists that a person's columns come from, and the fields of a roster that are text with few different values."""

from __future__ import annotations

import polars as pl

EMPLOYMENT = pl.Enum(["PNS", "PPPK"])
STATED = pl.Enum(["PNS", "PPPK", "non_asn"])
"""What a column says; its first codes are those of EMPLOYMENT."""
GENDER = pl.Enum(["male", "female", "unknown"])
AGE_BAND = pl.Enum(["under_30", "30_39", "40_49", "50_plus", "unknown"])
POSITION_CLASS = pl.Enum(["jpt", "administrator", "pengawas", "fungsional", "pelaksana", "unknown"])
ROMAN = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
)  # fmt: skip
RANK_GROUP = pl.Enum(
    [*(f"PNS-{group}" for group in ROMAN[:4]), *(f"PPPK-{group}" for group in ROMAN), "unknown"]
)
"""PNS I to IV and PPPK I to XVII are two scales and never merged (Perpres 98/2020)."""
RULE = pl.Enum(
    [
        "nip_truncated",
        "nip_birth_date",
        "nip_appointment_year",
        "nip_month_code",
        "nip_gender_digit",
        "simulated_living",
        "nip_birth_year",
        "other_government",
        "agency_missing",
    ]
)
"""Why a line with 18 digits is refused, in the order of explanation (process.md section 5.3)."""
DOUBTS = (
    "employment_disagrees",
    "gender_disagrees",
    "birth_disagrees",
    "birth_unreadable",
    "agency_is_person",
)
"""Why a line that is loaded is listed as doubtful; a line may be doubtful for several reasons."""
CELLS = (
    "agency", "employment", "position_type", "position", "rank", "gender", "birth", "work_government", "home_government",
    "standing", "simulated",
)  # fmt: skip
"""The fields of a roster beside the number."""
