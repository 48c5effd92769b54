"""The same work in pandas, plainly written: `python -m bench.national.in_pandas FILE GOVERNMENT AS_OF OUT`.

Pseudonyms by a loop over Python's `hmac`; what texts mean is asked once for every distinct text.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from bench.national import meanings as means
from bench.national.work import COLUMNS, DIMENSIONS, DOUBTS, Counts, Task, secret, spend
from etl.meaning.regions import governments_named

PERSON = [
    "person", "employment_type", "agency_name", "position_class", "rank_group", "gender", "age_band", "is_active",
    "is_simulated",
]  # fmt: skip


def work(task: Task) -> Callable[[], Counts]:
    """Reads, judges, gives meaning, and writes people, refused rows and headcount as Parquet."""
    with task.path.open("rb") as file:
        checksum = hashlib.file_digest(file, "sha256").hexdigest()
    rows = _judged(_read(task), task)
    refused = rows[rows["rule"].notna()]
    people = _people(rows[rows["rule"].isna()].copy(), task, secret().encode())
    people[PERSON].to_parquet(task.out / "people.parquet", index=False)
    _masked(refused).to_parquet(task.out / "refused.parquet", index=False)
    active = people[people["is_active"]]
    groups = active.groupby(["agency_name", *DIMENSIONS], observed=True)
    heads = groups.size().rename("headcount").reset_index()
    heads.to_parquet(task.out / "headcount.parquet", index=False)
    (task.out / "checksum").write_text(checksum, encoding="ascii")
    return lambda: _counts(people, refused, heads)


def _read(task: Task) -> pd.DataFrame:
    """The used columns as text, without total rows and footers."""
    texts = pd.read_csv(
        task.path, usecols=list(COLUMNS.values()), dtype=str, keep_default_na=False, engine="pyarrow"
    )
    rows = texts.rename(columns={column: field for field, column in COLUMNS.items()})
    rows.insert(0, "row", np.arange(2, len(rows) + 2))
    for field in set(COLUMNS) - {"nip"}:
        rows[field] = rows[field].astype("category")
    numbers = rows["nip"].where(~rows["nip"].str.strip().isin(means.DASHES), "")
    rows["digits"] = numbers.str.replace(means.IGNORED, "", regex=True)
    short = rows[rows["digits"].str.len() < 9]
    empty = _bare(short, "nip", "agency", "employment", "position") == ""
    total = _bare(short, "nip", "agency").str.contains(means.FOOTER)
    return rows.drop(index=short.index[empty | total])


def _bare(rows: pd.DataFrame, *fields: str) -> pd.Series:
    return rows[list(fields)].astype(str).agg(" ".join, axis=1).map(means.bare)


def _meaning(rows: pd.DataFrame, fields: Sequence[str], read: Callable[..., object]) -> pd.Series:
    """What the distinct values of `fields` mean, row by row, as a category."""
    code = rows.groupby(list(fields), observed=True, sort=False, dropna=False).ngroup().to_numpy()
    _, first = np.unique(code, return_index=True)
    found = [read(*values) for values in rows[list(fields)].iloc[first].itertuples(index=False)]
    return pd.Series(pd.Categorical(found).take(code) if found else [], index=rows.index)


def _judged(rows: pd.DataFrame, task: Task) -> pd.DataFrame:
    """Adds `rule`, the first rule that a row breaks, and what the number says."""
    whole = rows["digits"].str.fullmatch(r"\d{18}")
    number = rows["digits"].where(whole, "0").astype("int64")
    odd = rows[~whole]
    rows["day"], rows["digit"] = number // 10**10, number // 1000 % 10
    code, appointed, year = number // 10**4 % 100, number // 10**6 % 10**4, number // 10**14
    rows["employment_type"] = pd.Categorical(
        np.select([code.between(1, 12), code.between(21, 29)], ["PNS", "PPPK"], "")
    )
    rows["is_simulated"] = _meaning(rows, ["mark"], means.is_marked_simulated).astype(bool)
    rows["agency_name"] = _meaning(rows, ["agency"], lambda text: means.cell(text).strip())
    named = governments_named(rows["work"].cat.categories)
    others = {text for text, found in named.items() if found != task.government}
    rows["rule"] = np.select(
        [
            ~whole, number % 1000 == 0, ~_meaning(rows, ["day"], means.is_day).astype(bool),
            ~((appointed >= year + 17) & (appointed <= task.as_of.year)), rows["employment_type"] == "", ~rows["digit"].isin([1, 2]),
            rows["is_simulated"] & (year >= means.OLDEST_LIVING), ~rows["is_simulated"] & (year < means.OLDEST_LIVING),
            rows["work"].isin(others), rows["agency_name"] == "", rows["digits"].duplicated(),
        ],
        [
            "odd", "nip_truncated", "nip_birth_date", "nip_appointment_year", "nip_month_code", "nip_gender_digit",
            "simulated_living", "nip_birth_year", "other_government", "agency_missing", "duplicate_person",
        ],
        None,
    )  # fmt: skip
    rows.loc[odd.index, "rule"] = [
        means.odd_number_fault(*pair) for pair in zip(odd["nip"], odd["digits"], strict=True)
    ]
    return rows


def _people(rows: pd.DataFrame, task: Task, key: bytes) -> pd.DataFrame:
    """The accepted rows with everything that is kept of them, and where the columns disagree with the number."""
    rows["person"] = [hmac.digest(key, digits.encode(), "sha256") for digits in rows["digits"]]
    said = _meaning(rows, ["gender"], lambda text: means.gender_of(text, None))
    own = _meaning(rows, ["digit"], lambda digit: means.gender_of("", digit))
    rows["gender_disagrees"] = (said != "unknown") & (said.astype(str) != own.astype(str))
    rows["gender"] = _meaning(rows, ["gender", "digit"], means.gender_of)
    rows["employment_disagrees"] = _meaning(
        rows,
        ["employment", "employment_type"],
        lambda text, own: means.stated_employment(text) not in (None, own),
    ).astype(bool)
    rows["position_class"] = _meaning(
        rows, ["kind", "position"], lambda *cells: means.position_class_of(*map(means.cell, cells))
    )
    rows["rank_group"] = _meaning(
        rows, ["rank", "employment_type"], lambda rank, own: means.rank_group_of(means.cell(rank), own)
    )
    rows["age_band"] = _meaning(
        rows, ["day", "is_simulated"], lambda day, made_up: means.age_band_at(day, task.as_of, made_up)
    )
    rows["is_active"] = _meaning(
        rows, ["standing"], lambda text: means.counts_as_active(means.cell(text))
    ).astype(bool)
    rows["birth_disagrees"] = _meaning(
        rows, ["birth", "day"], lambda text, day: means.written_day(means.cell(text)) not in (None, day)
    ).astype(bool)
    return rows


def _masked(refused: pd.DataFrame) -> pd.DataFrame:
    masked = refused["nip"].map(means.masked)
    return refused[["row", "rule"]].assign(column=COLUMNS["nip"], masked_value=masked)


def _counts(people: pd.DataFrame, refused: pd.DataFrame, heads: pd.DataFrame) -> Counts:
    active = heads.groupby("employment_type", observed=True)["headcount"].sum()
    groups = heads.groupby(list(DIMENSIONS), observed=True)["headcount"].sum()
    doubts = {name: int(people[name].sum()) for name in DOUBTS}
    return Counts(
        read=len(people) + len(refused),
        loaded=len(people),
        refused={str(rule): int(count) for rule, count in refused["rule"].value_counts().items()},
        pns_active=int(active.get("PNS", 0)),
        pppk_active=int(active.get("PPPK", 0)),
        warnings={name: count for name, count in doubts.items() if count},
        agencies=heads["agency_name"].nunique(),
        headcount={"|".join(group): int(count) for group, count in groups.items()},
    )


if __name__ == "__main__":
    spend(work)
