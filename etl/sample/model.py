"""The model of the sample as data: `data/reference/sample_model.yml`, checked on reading."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from errors import DefinitionError

Share = Annotated[float, Field(ge=0, le=1)]
Kind = Literal["provinsi", "kabupaten", "kota"]
ElectionKind = Literal["head_of_region", "general", "re_vote", "none"]
Days = tuple[int, int, int]


class Strict(BaseModel):
    """Unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Snapshot(Strict):
    """A date with rosters, and the governments that have none."""

    as_of: date
    missing: frozenset[str]


class PppkShare(Strict):
    """Share of PPPK among ASN on a date."""

    as_of: date
    share: Share
    figures: tuple[str, ...]
    basis: str


class SetAside(Strict):
    """A published headline figure that the model does not use."""

    figure: str
    reason: str


class Headcount(Strict):
    """How published headcounts become headcounts at the snapshots."""

    trend: tuple[str, ...]
    pppk_share: tuple[PppkShare, ...]
    pppk_within_days: int
    set_aside: tuple[SetAside, ...]


class Turnover(Strict):
    """Least shares of leavers and newcomers between the snapshots."""

    leavers: tuple[Share, Share]
    newcomers: tuple[Share, Share]
    pppk_leavers: tuple[Share, Share]


class Workforce(Strict):
    """Turnover between snapshots, and agencies with figures of their own."""

    turnover: Turnover
    agency_pppk: Mapping[str, Mapping[str, str]]
    complete_agency_lists: frozenset[str]


class Mess(Strict):
    """How often rows are odd, and who has no refusable row."""

    clean: frozenset[str]
    every: int
    blocked_share: Share
    under_sanction_share: Share
    suspended_share: Share


class Mix(Strict):
    """Relative shares and the published figures they lean on."""

    figures: tuple[str, ...]
    shares: Mapping[str, float]


class Imposed(Strict):
    """Imposed against recommended."""

    as_recommended: Share
    lighter: Share
    heavier: Share


class OldLaw(Strict):
    """Share of moral sanctions for ethics-like acts before PP 94/2021."""

    share: Share
    figures: tuple[str, ...]


class Sanctions(Strict):
    """Which sanctions are recommended, and how the imposed ones differ."""

    pp94_from: date
    old_law_moral: OldLaw
    moral: Mix
    pp53: Mix
    medium: Mix
    heavy: Mix
    light: Mix
    imposed: Imposed


class ActingHeads(Strict):
    """Share of decisions signed by an acting head from a date on."""

    since: date
    share: Share


class Expected(Strict):
    """Persons alleged in one province for one election."""

    expected: float = Field(gt=0)
    low: int = Field(ge=0)
    high: int = Field(le=20)
    figures: tuple[str, ...]


class Outcome(Strict):
    """Shares of what becomes of a case; `recommended` is of those forwarded, `decided` of those recommended."""

    not_proven: Share
    dropped: Share
    recommended: Share
    decided: Share
    blocked: Share
    appealed: Share
    figures: tuple[str, ...]


class ElectionModel(Strict):
    """Cases of one election; an empty code stands for acts outside any election."""

    code: str
    kind: ElectionKind
    opens_on: date
    closes_on: date
    outcome: Outcome
    provinces: Mapping[str, Expected]


class CaseModel(Strict):
    """How many cases, of which kind, and how long they take."""

    cut_off: date
    base_weight: float
    province_weight: float
    persons_per_case: Mapping[int, float]
    pppk_relative: Share
    non_asn_share: Share
    missing_nip_share: Share
    wrong_type_share: Share
    finding_share: Share
    lags: Mapping[str, Days]
    phases: Mapping[ElectionKind, Mapping[str, float]]
    types: Mapping[str, Mix]
    positions: Mapping[str, Mix]
    sanctions: Sanctions
    acting_heads: tuple[ActingHeads, ...]
    elections: tuple[ElectionModel, ...]


class SampleModel(Strict):
    """Everything the sample assumes."""

    snapshots: tuple[Snapshot, ...]
    spreadsheets: frozenset[str]
    headcount: Headcount
    workforce: Workforce
    mess: Mess
    cases: CaseModel


M = TypeVar("M", bound=BaseModel)


@cache
def read_definition(path: Path, shape: type[M]) -> M:
    """The YAML file as `shape`; DefinitionError naming file and key if it is not."""
    try:
        return shape.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise DefinitionError(f"{key}: {first['msg']}", path.name, "Correct this key.") from error
    except (OSError, yaml.YAMLError) as error:
        raise DefinitionError(str(error), path.name, "Restore the file from the repository.") from error
