"""Metric definitions: bilingual, strict, without SQL; read from metrics/catalogue, one file per metric."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from errors import DefinitionError, SelectionError
from warehouse.dictionary import dictionary

CATALOGUE: Final = Path(__file__).parent / "catalogue"

Group = Literal[
    "employment_type", "category", "recommended_severity", "imposed_severity", "comparison", "severity_pair"
]  # fmt: skip
Caveat = Literal[
    "alleged_not_established",
    "reporting_propensity",
    "register_coverage",
    "pending_decisions",
    "unknown_severity",
    "unknown_employment",
    "partial_roster",
    "old_roster",
    "events_left_out",
    "several_elections",
    "suppressed_cells",
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Text(_Strict):
    """The same sentence in both languages."""

    id: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def of(self, lang: str) -> str:
        """The sentence in the language `id` or `en`."""
        return self.en if lang == "en" else self.id


class Criteria(_Strict):
    """Which rows of a table count; `sum` names the column that is added up, without it rows are counted."""

    table: Literal["mart_case", "mart_workforce"]
    where: dict[str, list[str | bool]] = {}
    sum: Literal["headcount"] | None = None

    @model_validator(mode="after")
    def _known(self) -> Self:
        assert (self.sum is not None) == (self.table == "mart_workforce"), "only mart_workforce has a sum"
        columns = dictionary()[self.table]
        for name, values in self.where.items():
            assert name in columns, f"{self.table} has no column '{name}'"
            column = columns[name]
            allowed = {True, False} if column.type == "BOOLEAN" else set(column.values)
            strange = [value for value in values if value not in allowed]
            assert values and not strange, f"'{name}' cannot be {strange or 'nothing'}"
        return self


class Definition(_Strict):
    """A metric: what is counted, over what, with which interval, and what it cannot say.

    A rate divides persons in cases by civil servants (`per` of them), a proportion divides persons in cases by
    persons in cases and counts its events inside its exposure, a count divides by nothing. `unit_election`
    replaces `unit` where the exposure is the mean headcount of one election's window.
    """

    metric_id: str
    title: Text
    question: Text
    unit: Text
    unit_election: Text | None = None
    description: Text
    formula: Text
    limits: Text
    kind: Literal["rate", "proportion", "count"]
    events: Criteria
    exposure: Criteria | None = None
    per: int | None = Field(default=None, gt=0)
    interval: Literal["exact_poisson", "wilson", "jeffreys", "none"]
    groups: tuple[Group, ...] = Field(default=(), strict=False)
    caveats: tuple[Caveat, ...] = Field(default=(), strict=False)

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        wanted = {
            "rate": ("mart_workforce", {"exact_poisson"}),
            "proportion": ("mart_case", {"wilson", "jeffreys"}),
            "count": (None, {"none"}),
        }
        table, intervals = wanted[self.kind]
        assert self.events.table == "mart_case", "events are rows of mart_case"
        assert (self.exposure.table if self.exposure else None) == table, f"a {self.kind} is over {table}"
        assert self.interval in intervals, f"a {self.kind} has the interval {' or '.join(sorted(intervals))}"
        assert (self.per is not None) == (self.kind == "rate"), "a rate and nothing else has 'per'"
        assert (self.unit_election is not None) == (self.kind == "rate"), "a rate has 'unit_election'"
        return self


@cache
def definitions() -> Mapping[str, Definition]:
    """All metrics of the catalogue by id, in order of their file names; a wrong file is a DefinitionError."""
    return {path.stem: read(path) for path in sorted(CATALOGUE.glob("*.yml"))}


def definition(metric_id: str) -> Definition:
    """One metric of the catalogue; an unknown id is a SelectionError."""
    if metric_id not in definitions():
        raise SelectionError(
            f"There is no metric '{metric_id}'.", cure=f"Choose of {', '.join(definitions())}."
        )
    return definitions()[metric_id]


def read(path: Path) -> Definition:
    """The metric of one file; its id is the file's name. A DefinitionError names file and key."""
    where = f"metrics/catalogue/{path.name}"
    try:
        content: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DefinitionError(f"The file cannot be read: {error}", where, "Mend the file.") from error
    if not isinstance(content, dict) or "metric_id" in content:
        raise DefinitionError(
            "The file must hold the keys of a metric, its name is the id.", where, "Mend it."
        )
    try:
        return Definition.model_validate({**content, "metric_id": path.stem})
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise DefinitionError(first["msg"], f"{where} [{key}]" if key else where, "Mend the key.") from error
