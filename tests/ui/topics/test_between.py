"""What a comparison says: chance by its name, scatter, what is withheld; no order that is none."""

from dataclasses import replace

import pytest

from language import words
from metrics.between.compared import Compared
from stats.between.dispersion import Dispersion
from stats.between.smoothing import Prior
from tests.charts.comparing import frames
from ui.topics import between

W, EN = words("id"), words("en")


def comparison(*rows, phi=1.0):
    found = Compared(frames.frame(*rows), Dispersion(phi, 0.2, 0.5, 20), Prior(2.0, 2.0), len(rows), 250, 278)
    # The ranks are those of the rows, not drawn.
    vars(found)["placed"] = found.frame
    return found


OTHER = frames.WITHIN | {"unit_id": "6405", "unit_name": "Kabupaten Malinau"}


def test_units_within_the_limits_are_called_chance():
    told = between.verdict(W, comparison(frames.WITHIN, OTHER))
    assert "Tidak ada beda yang dapat dibedakan dari kebetulan" in told
    assert "tidak menuntut batas yang lebih lebar" in told
    assert "No difference can be told from chance" in between.verdict(EN, comparison(frames.WITHIN, OTHER))


def test_units_apart_are_named_with_what_chance_would_give():
    told = between.verdict(W, comparison({}, frames.WITHIN, frames.ZERO, frames.HIDDEN))
    assert "2 dari 3 unit" in told
    assert "Kota Samarinda (di atas, juga 99,8%)" in told
    assert "Kabupaten Kutai Kartanegara (di bawah)" in told
    assert "1 di antaranya tetap berbeda" in told
    assert "1 unit disamarkan untuk melindungi orang" in told


def test_more_scatter_than_chance_is_said_with_its_size():
    told = between.verdict(W, comparison(frames.WITHIN, OTHER, phi=2.7))
    assert "(2,7 kali)" in told and "batas diperlebar" in told


def test_too_few_units_are_not_compared():
    for rows in ((), ({},), ({}, frames.HIDDEN)):
        found = comparison(*rows)
        assert "Terlalu sedikit unit" in between.verdict(W, found)
        assert between.ranks(W, found) == ""


def test_a_group_whose_number_is_withheld_is_not_called_too_few_units():
    without = {"refusal": "group_suppressed", "position": 0}
    told = between.verdict(W, comparison(frames.WITHIN | without, OTHER | without))
    assert "jumlah seluruh kelompok disamarkan" in told


def test_ranks_are_told_where_there_are_any():
    assert "1 unit" in between.ranks(W, comparison({}, frames.WITHIN))
    assert between.ranks(W, comparison(frames.WITHIN, OTHER)).startswith("Tidak ada peringkat")


@pytest.mark.parametrize("w", [W, EN])
def test_how_much_of_the_standard_is_known_is_said(w):
    assert "250" in between.standard(w, comparison({}))
    assert between.standard(w, replace(comparison({}), counted=0)) == ""
    few = between.standard(w, replace(comparison({}), known=None, counted=None))
    assert few.startswith(between.standard(w, comparison({}))[:40])
    assert not any(letter.isdigit() for letter in few)
