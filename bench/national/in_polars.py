"""The same work in polars, as well as we can write it: `python -m bench.national.in_polars FILE GOVERNMENT AS_OF OUT`.

One streaming pass reads the used columns (texts with few values as categories), reads the numbers as integers and makes
the pseudonyms with polars-hash; what numbers say is arithmetic, what texts mean is asked once for every distinct text.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl
import polars_hash as plh

import settings
from bench.national import meanings as means
from bench.national.polars_codes import headcount, meaning
from bench.national.polars_vault import LISTED, Found, hand_over
from bench.national.work import COLUMNS, DIMENSIONS, EMPLOYMENTS, PEOPLE, RULES, Counts, Task, secret, spend
from etl.loading.session import open_session
from etl.meaning.regions import governments_named

EMPLOYMENT, CLASS, GENDER, BAND = map(pl.Enum, (EMPLOYMENTS, means.CLASSES, means.GENDERS, means.BANDS))
RULE = pl.Enum(RULES)
NUMBER = pl.col("number")
DAY = (NUMBER // 10**10).cast(pl.Int32)
APPOINTED = NUMBER // 10**6 % 10**4
CODE = NUMBER // 10**4 % 100
DIGIT = NUMBER // 10**3 % 10
SCALES = [*(f"PNS-{group}" for group in means.ROMAN[:4]), *(f"PPPK-{group}" for group in means.ROMAN)]
PERSON = (
    "person", "employment_type", "agency_name", "position_class", "rank_group", "gender", "age_band", "is_active",
    "is_simulated",
)  # fmt: skip
COUNTED = PERSON[1:]


def work(task: Task) -> Callable[[], Counts]:
    """Reads, judges, gives meaning, writes people, refused rows, doubts and headcount into the vault, and builds."""
    session = open_session(settings.read())
    try:
        with ThreadPoolExecutor() as beside:
            checksum = beside.submit(_checksum, task.path)
            rows, refused, skipped = _apart(_read(task.path, secret()))
            rows = _judged(_dated(rows, task), task)
            refused = pl.concat([refused, rows.filter(pl.col("rule").is_not_null()).select(refused.columns)])
            people = _people(rows.filter(pl.col("rule").is_null()))
            vault = people.select(*PERSON, home_government=pl.lit(None, pl.String), work_government="work")
            written = beside.submit(vault.write_parquet, task.out / PEOPLE, compression="uncompressed")
            heads = headcount(people, COUNTED)
            written.result()
            found = Found(people, refused, heads, skipped, checksum.result())
        warehouse = hand_over(session, task, found)
    finally:
        session.close()
    return lambda: _counts(found, warehouse)


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _pseudonym(column: str, key: str) -> pl.Expr:
    return plh.col(column).chash.hmac_sha256(key=key).str.decode("hex").alias("person")


def _read(path: Path, key: str) -> pl.DataFrame:
    with path.open(encoding="utf-8", newline="") as file:
        names = next(csv.reader(file))
    few = {column for column in COLUMNS.values() if column != COLUMNS["nip"]}
    schema = {name: pl.Categorical(pl.Categories.random()) if name in few else pl.String() for name in names}
    lines = pl.scan_csv(path, schema=schema, row_index_name="row", row_index_offset=2)
    chosen = {field: pl.col(column) for field, column in COLUMNS.items()}
    number = pl.col(COLUMNS["nip"]).cast(pl.Int64, strict=False)
    frame = lines.select("row", **chosen, number=number, person=_pseudonym(COLUMNS["nip"], key))
    return frame.collect(engine="streaming")


def _apart(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame, int]:
    """The rows with 18 digits, the refused ones, and how many are totals; numbers with spaces or quotes are read again."""
    is_whole = NUMBER.is_between(10**17, 10**18 - 1) & (pl.col("nip").str.len_bytes() == 18)
    odd = rows.filter(is_whole.not_().fill_null(value=True))
    texts = {text: means.IGNORED.sub("", means.cell(text)) for text in odd["nip"].unique()}
    faults = {text: means.odd_number_fault(text or "", digits) for text, digits in texts.items()}
    known = pl.DataFrame(
        {"nip": list(texts), "digits": list(texts.values()), "rule": list(faults.values())},
        {"nip": pl.String, "digits": pl.String, "rule": RULE},
    )
    unread = odd.height
    odd = odd.join(known, on="nip", how="left", nulls_equal=True).filter(~_is_footer())
    skipped = unread - odd.height
    refused = odd.filter(pl.col("rule").is_not_null()).select("row", "nip", "rule", *LISTED)
    mended = odd.filter(pl.col("rule").is_null())
    rows = rows.filter(is_whole)
    if mended.height:
        again = [pl.col("digits").cast(pl.Int64).alias("number"), _pseudonym("digits", secret())]
        rows = pl.concat([rows, mended.with_columns(again).select(rows.columns)])
    return rows, refused, skipped


def _is_footer() -> pl.Expr:
    def bare(*columns: str) -> pl.Expr:
        texts = [pl.col(column).cast(pl.String) for column in columns]
        text = pl.concat_str(texts, separator=" ", ignore_nulls=True).str.to_lowercase()
        return text.str.replace_all("[^0-9a-z]+", " ").str.strip_chars()

    is_empty = bare("nip", "agency", "employment", "position") == ""
    is_total = bare("nip", "agency").str.contains(means.FOOTER.pattern)
    return (pl.col("digits").str.len_bytes() < 9) & (is_empty | is_total)


def _dated(rows: pl.DataFrame, task: Task) -> pl.DataFrame:
    """Adds what the number, the remark, the agency and the government of each row say, and who stands there twice."""
    is_pns, is_pppk = CODE.is_between(1, 12), CODE.is_between(21, 29)
    pns, pppk = (pl.lit(name, EMPLOYMENT) for name in EMPLOYMENTS)
    rows = rows.with_columns(
        is_repeated=pl.col("row").is_in(_repeated(rows).implode()),
        day=DAY,
        employment_type=pl.when(is_pns).then(pns).when(is_pppk).then(pppk),
    )
    named = governments_named(text for text in rows["work"].unique() if text)
    others = {text for text, code in named.items() if code != task.government}
    rows = meaning(
        rows, ["mark"], lambda mark: means.is_marked_simulated(mark or ""), is_simulated=pl.Boolean()
    )
    rows = meaning(rows, ["work"], lambda work: work in others, is_other=pl.Boolean())
    names = pl.Enum(sorted({means.cell(text).strip() for text in rows["agency"].unique()} - {""}))
    rows = meaning(rows, ["agency"], lambda text: means.cell(text).strip() or None, agency_name=names)

    def aged(day: int, is_simulated: bool) -> tuple[bool, str | None]:
        is_day = means.is_day(day)
        return is_day, means.age_band_at(day, task.as_of, is_simulated) if is_day else None

    return meaning(rows, ["day", "is_simulated"], aged, is_day=pl.Boolean(), age_band=BAND)


def _repeated(rows: pl.DataFrame) -> pl.Series:
    """The rows whose number stands in an earlier row already."""
    twice = rows.filter(NUMBER.is_duplicated()).select("row", "number")
    return twice.filter(pl.col("row") > pl.col("row").min().over("number"))["row"]


def _judged(rows: pl.DataFrame, task: Task) -> pl.DataFrame:
    year = pl.col("day") // 10_000
    faults = (
        ("nip_truncated", NUMBER % 1000 == 0),
        ("nip_birth_date", ~pl.col("is_day")),
        ("nip_appointment_year", ~APPOINTED.is_between(year + 17, task.as_of.year)),
        ("nip_month_code", pl.col("employment_type").is_null()),
        ("nip_gender_digit", ~DIGIT.is_between(1, 2)),
        ("simulated_living", pl.col("is_simulated") & (year >= means.OLDEST_LIVING)),
        ("nip_birth_year", ~pl.col("is_simulated") & (year < means.OLDEST_LIVING)),
        ("other_government", pl.col("is_other")),
        ("agency_missing", pl.col("agency_name").is_null()),
        ("duplicate_person", pl.col("is_repeated")),
    )
    return rows.with_columns(
        rule=pl.coalesce(pl.when(broken).then(pl.lit(rule, RULE)) for rule, broken in faults)
    )


def _people(rows: pl.DataFrame) -> pl.DataFrame:
    """The accepted rows with everything that is kept of them, and where the columns disagree with the number."""

    def gender(text: str | None, digit: int) -> tuple[str, bool]:
        said = means.gender_of(text or "", None)
        return means.gender_of(text or "", digit), said not in ("unknown", means.gender_of("", digit))

    def disagrees(text: str | None, employment: str) -> bool:
        return means.stated_employment(text or "") not in (None, employment)

    def position(*cells: str | None) -> str:
        return means.position_class_of(*map(means.cell, cells))

    def rank(text: str | None, employment: str) -> str:
        return means.rank_group_of(means.cell(text), employment)

    def active(text: str | None) -> bool:
        return means.counts_as_active(means.cell(text))

    def born(text: str | None) -> int | None:
        return means.written_day(means.cell(text))

    rows = rows.with_columns(digit=DIGIT.cast(pl.Int8)).rename({"gender": "said"})
    rows = meaning(rows, ["said", "digit"], gender, gender=GENDER, gender_disagrees=pl.Boolean())
    rows = meaning(rows, ["employment", "employment_type"], disagrees, employment_disagrees=pl.Boolean())
    rows = meaning(rows, ["kind", "position"], position, position_class=CLASS)
    rows = meaning(rows, ["rank", "employment_type"], rank, rank_group=pl.Enum([*SCALES, "unknown"]))
    rows = meaning(rows, ["standing"], active, is_active=pl.Boolean())
    rows = meaning(rows, ["birth"], born, written=pl.Int32())
    return rows.with_columns(birth_disagrees=(pl.col("written") != pl.col("day")).fill_null(value=False))


def _counts(found: Found, warehouse: str) -> Counts:
    heads, refused, active = found.heads.filter("is_active"), found.refused, found.active
    groups = heads.group_by(DIMENSIONS).agg(pl.col("headcount").sum()).iter_rows()
    return Counts(
        read=found.people.height + refused.height,
        loaded=found.people.height,
        refused=dict(refused.group_by("rule").len().iter_rows()),
        pns_active=active.get("PNS", 0),
        pppk_active=active.get("PPPK", 0),
        warnings=found.doubts,
        agencies=heads["agency_name"].n_unique(),
        headcount={"|".join(group): count for *group, count in groups},
        warehouse=warehouse,
    )


if __name__ == "__main__":
    spend(work)
