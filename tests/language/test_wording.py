import datetime as dt

import numpy as np
import pandas as pd
import pytest

import language.wording
from errors import SelectionError
from language import LANGUAGES, Words, words
from language.catalogue import FOLDER, Text, read

ID, EN = words("id"), words("en")


@pytest.mark.parametrize(
    ("x", "digits", "indonesian", "english"),
    [
        (14662, 0, "14.662", "14,662"),
        (1.4, 1, "1,4", "1.4"),
        (1234567.891, 2, "1.234.567,89", "1,234,567.89"),
        (np.int64(9607), 0, "9.607", "9,607"),
        (np.float64(0), 1, "0,0", "0.0"),
        (-0.01, 1, "0,0", "0.0"),
        (-1234.5, 1, "-1.234,5", "-1,234.5"),
        (None, 0, "–", "–"),
        (float("nan"), 1, "–", "–"),
        (pd.NA, 0, "–", "–"),
    ],
)
def test_numbers_follow_the_language(x: object, digits: int, indonesian: str, english: str) -> None:
    assert (ID.number(x, digits), EN.number(x, digits)) == (indonesian, english)


def test_shares_and_ranges() -> None:
    assert (ID.percent(0.543), ID.percent(0.543, 1), EN.percent(0.543, 1)) == ("54%", "54,3%", "54.3%")
    assert (ID.span(1.1, 10.2), EN.span(1.1, 10.2)) == ("1,1–10,2", "1.1–10.2")
    assert (ID.percent_span(0.12, 0.47), EN.percent_span(0.125, 0.4, 1)) == ("12–47%", "12.5–40.0%")
    assert ID.percent(None) == ID.span(None, pd.NA) == ID.percent_span(0.1, None) == "–"


def test_dates_have_their_month_spelt_out() -> None:
    day = dt.date(2024, 8, 17)
    assert (ID.date(day), EN.date(day)) == ("17 Agustus 2024", "17 August 2024")
    assert ID.date(pd.Timestamp("2024-11-27")) == EN.date(dt.datetime(2024, 11, 27)) == "27 November 2024"
    assert (ID.month(dt.date(2024, 5, 1)), EN.month(dt.date(2024, 5, 1))) == ("Mei 2024", "May 2024")
    assert ID.date(pd.NaT) == ID.month(None) == "–"


def test_lists_read_as_sentences() -> None:
    assert (ID.listed(["PNS", "PPPK"]), EN.listed(["PNS", "PPPK"])) == ("PNS dan PPPK", "PNS and PPPK")
    assert ID.listed([]) == ""


def test_texts_fill_their_placeholders(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = Text(other="{n} people, {x}", one="{n} person, {x}")
    monkeypatch.setattr(language.wording, "catalogue", lambda: {"k": {"id": entry, "en": entry}})
    assert ID("k", n=14662, x=dt.date(2024, 8, 17)) == "14.662 people, 17 Agustus 2024"
    assert EN("k", n=1, x=2.5) == "1 person, 2.5"
    assert EN("k", n=np.float64(3), x="2024") == "3 people, 2024"
    assert EN("k", n=pd.NA, x=pd.NA) == "– people, –"
    assert EN("k", n="1", x=pd.Timestamp("2024-11-27")) == "1 people, 27 November 2024"
    with pytest.raises(KeyError):
        EN("k", n=1)
    with pytest.raises(KeyError):
        EN("unknown")


def test_words_are_equal_and_hashable_by_language() -> None:
    assert words("id") == Words("id") != words("en")
    assert len({words("id"), Words("id")}) == 1
    assert LANGUAGES == ("id", "en")


def test_another_language_is_refused() -> None:
    with pytest.raises(SelectionError, match="bahasa"):
        words("ms")


def test_reading_the_messages_twice_gives_the_same() -> None:
    assert read(FOLDER) == read(FOLDER)
