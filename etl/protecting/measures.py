"""The counts of an extent by name, and every sum among them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product, takewhile
from math import prod

from etl.building.dictionary import read_dictionary
from etl.protecting.family import Family, Where, Wheres

_FLAGS = ("true", "false")
Conditions = Mapping[str, str]
Sum = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Measures:
    """The counts of an extent by name, each with its conditions, and the sums among them: a whole and its parts.

    `hidden` are counts that no table shows; `left` those among them that are what a whole leaves over, and have no conditions.
    `bases` are the counts that others are parts of, `impossible` those that are 0 by what they mean.
    """

    conditions: Mapping[str, Conditions]
    sums: tuple[Sum, ...]
    bases: frozenset[str] = frozenset()
    impossible: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    left: tuple[Sum, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All counts, those that are left over at the end."""
        return (*self.conditions, *(name_of_rest(rest) for rest in self.left))


def measures(family: Family, extent: str) -> Measures:
    """All counts of an extent, and every sum that they form; worked out once for each family, by what it says."""
    return _measures(family.model_dump_json(), extent)


@lru_cache(maxsize=64)
def _measures(text: str, extent: str) -> Measures:
    family = Family.model_validate_json(text)
    columns = set(family.extents[extent])
    bases = {name: _plain(where) for name, where in family.bases.items() if where.keys() <= columns}
    splits = _splits(family.parts, bases, columns)
    cubes: list[tuple[Conditions, Sequence[str]]] = [
        ({}, group) for cube in family.cubes if set(cube) <= columns for group in _groups(cube)
    ]
    shown = _named(family, [*((where, ()) for where in bases.values()), *splits, *cubes])
    hidden_splits = _splits(family.hidden, bases, columns)
    known = shown | _named(family, hidden_splits)
    sums = [_sum(family, listed) for listed in family.sums if _columns(listed) <= columns]
    known |= {name_of(where): where for listed in sums for where in listed if name_of(where) not in known}
    among = frozenset(
        frozenset(group) for _, split in (*splits, *cubes, *hidden_splits) for group in _groups(split)
    )
    found = [one for where in known.values() for one in _divided(family, where, among, known)]
    same = [[_plain(where) for where in listed] for listed in family.same if _columns(listed) <= columns]
    within = [_sum(family, listed) for listed in family.within if _columns(listed) <= columns]
    left = tuple(_as_sum(listed) for listed in within if all(name_of(where) in known for where in listed))
    assert len(set(map(name_of_rest, left))) == len(left), (
        "two lines of `within` with the same whole and first part"
    )
    never = [where.items() for listed in family.impossible for where in _each(listed)]
    return Measures(
        known,
        (
            *found,
            *map(_as_sum, (*sums, *same)),
            *((whole, (*parts, name_of_rest((whole, parts)))) for whole, parts in left),
        ),
        frozenset(map(name_of, bases.values())),
        frozenset(name for name, where in known.items() if any(one <= where.items() for one in never)),
        frozenset((*(known.keys() - shown.keys()), *map(name_of_rest, left))),
        left,
    )


def name_of(where: Conditions) -> str:
    """The name of a count: its conditions in order, `is_decided=true&is_recommended=false`; `persons` without any."""
    return "&".join(f"{column}={value}" for column, value in sorted(where.items())) or "persons"


def name_of_rest(rest: Sum) -> str:
    """The name of what a whole leaves over."""
    whole, parts = rest
    return f"{whole} beyond {parts[0]}"


def _splits(
    parts: Mapping[str, list[list[str]]], bases: Mapping[str, Conditions], columns: Collection[str]
) -> list[tuple[Conditions, Sequence[str]]]:
    return [
        (bases[base], split)
        for base, listed in parts.items()
        if base in bases
        for split in listed
        if set(split) <= set(columns)
    ]


def _named(family: Family, splits: Sequence[tuple[Conditions, Sequence[str]]]) -> dict[str, Conditions]:
    return {name_of(part): part for where, split in splits for part in _parts(family, where, split)}


def _groups(split: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for many in range(1, len(split) + 1):
        yield from combinations(split, many)


def _divided(
    family: Family, where: Conditions, among: frozenset[frozenset[str]], known: Mapping[str, object]
) -> Iterator[Sum]:
    """A count by the smallest groups of columns that split it into others; larger groups follow from them."""
    found: list[frozenset[str]] = []
    steps = {column for cube in family.cubes for column in cube}
    for group in sorted(among, key=lambda columns: (len(columns), sorted(columns))):
        if group & where.keys() or any(smaller <= group for smaller in found):
            continue
        # Persons are at many steps, so that steps add up to steps alone.
        if group & steps and not where.keys() & steps:
            continue
        named = (name_of(part) for part in _parts(family, where, sorted(group)))
        parts = tuple(takewhile(known.__contains__, named))
        if len(parts) == prod(len(_values(family, column)) for column in group):
            found.append(group)
            yield name_of(where), parts


def _parts(family: Family, where: Conditions, columns: Sequence[str]) -> Iterator[dict[str, str]]:
    for values in product(*(_values(family, column) for column in columns)):
        yield {**where, **dict(zip(columns, values, strict=True))}


def _values(family: Family, column: str) -> Sequence[str]:
    if column in family.values:
        return family.values[column]
    found = read_dictionary()["mart_case"].columns.get(column)
    return tuple(found.values) if found and found.type != "BOOLEAN" else _FLAGS


def _columns(listed: Sequence[Mapping[str, object]]) -> set[str]:
    return {column for where in listed for column in where}


def _sum(family: Family, listed: Sequence[Wheres]) -> list[dict[str, str]]:
    return [where for several in listed for where in _each(several)]


def _as_sum(listed: Sequence[Conditions]) -> Sum:
    whole, *parts = map(name_of, listed)
    return whole, tuple(parts)


def _each(where: Wheres) -> Iterator[dict[str, str]]:
    """One set of conditions for every choice of values."""
    choices = [value if isinstance(value, list) else [value] for value in where.values()]
    for values in product(*choices):
        yield _plain(dict(zip(where, values, strict=True)))


def _plain(where: Where) -> dict[str, str]:
    return {
        column: str(value).lower() if isinstance(value, bool) else value for column, value in where.items()
    }
