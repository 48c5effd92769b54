"""The words a generated roster is made of; a word that stands more often is met more often."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

TOWNS = (
    "Samarinda", "Balikpapan", "Bontang", "Tenggarong", "Sangatta", "Tanjung Redeb", "Penajam", "Tana Paser", "Sendawar",
    "Ujoh Bilang", "Loa Janan", "Sebulu", "Muara Badak", "Kota Bangun", "Long Ikis", "Batu Sopang", "Waru", "Sepaku", "Talisayan",
    "Biduk Biduk", "Bengalon", "Kaliorang", "Muara Wahau", "Melak", "Barong Tongkok",
)  # fmt: skip
HEADS = (
    "Dinas Kesehatan",
    "Dinas Pendidikan",
    "Dinas Sosial",
    "Dinas Perhubungan",
    "Badan Pendapatan",
    "Inspektorat",
)
TRADES = (
    "Guru",
    "Perawat",
    "Bidan",
    "Dokter",
    "Penyuluh Pertanian",
    "Pranata Komputer",
    "Auditor",
    "Analis Kebijakan",
    "Arsiparis",
)
LEVELS = ("Terampil", "Mahir", "Penyelia", "Ahli Pertama", "Ahli Muda", "Ahli Madya")
WORKERS = (
    "Pengadministrasi Umum",
    "Pengelola Keuangan",
    "Pengemudi",
    "Penata Laporan",
    "Operator Sistem",
    "Staf Pelaksana",
    "Juru Bayar",
)
MANAGERS = (
    "Kepala Dinas Sosial", "Kepala Bidang Data", "Kepala Bagian Umum", "Camat", "Sekretaris Kecamatan", "Lurah",
    "Kepala Seksi Pelayanan", "Kepala Subbagian Umum", "Kepala UPTD Laboratorium", "Ketua Tim Arsip",
)  # fmt: skip


@dataclass(frozen=True)
class Positions:
    """Type and name of every position, and which of them anybody and which only a PPPK may draw."""

    kinds: pl.Series
    names: pl.Series
    all: npt.NDArray[np.int64]
    hired: npt.NDArray[np.int64]


@dataclass(frozen=True)
class Ranks:
    """The ranks of both scales, and which of them a PNS and which a PPPK may draw."""

    names: pl.Series
    all: npt.NDArray[np.int64]
    hired: npt.NDArray[np.int64]


def _positions() -> Positions:
    trades = [("JFT", f"{trade} {level}") for trade in TRADES for level in LEVELS]
    workers = [("JFU", name) for name in WORKERS]
    managers = [("Struktural", name) for name in MANAGERS]
    pairs = [*trades, *workers, *managers]
    weights = [*[3] * len(trades), *[6] * len(workers), *[1] * len(managers)]
    every = np.repeat(np.arange(len(pairs)), weights)
    kinds, names = zip(*pairs, strict=True)
    return Positions(pl.Series(kinds), pl.Series(names), every, every[every < len(trades) + len(workers)])


def _ranks() -> Ranks:
    grades = [f"{group}/{step}" for group in ("I", "II", "III") for step in "abcd"] + [
        f"IV/{step}" for step in "abcde"
    ]
    roman = ["I", "IV", "V", "VII", "IX", "X", "XI"]
    weights = [*[1] * 4, *[4] * 4, *[9] * 4, *[3] * 5]
    return Ranks(
        pl.Series([*grades, *roman]),
        np.repeat(np.arange(len(grades)), weights),
        len(grades) + np.repeat(np.arange(len(roman)), [1, 1, 6, 6, 12, 2, 1]),
    )


def _agencies() -> pl.Series:
    """About two thousand: schools and clinics of every town, and offices."""
    units = [("SDN", 40), ("SMPN", 16), ("SMAN", 8), ("SMKN", 6), ("Puskesmas", 4)]
    named = [
        f"{unit} {number} {town}" for unit, many in units for number in range(1, many + 1) for town in TOWNS
    ]
    return pl.Series([f"{head} {town}" for head in HEADS for town in TOWNS] + named)


POSITIONS = _positions()
RANKS = _ranks()
AGENCIES = _agencies()
STANDINGS = pl.Series(
    ["Aktif", "Pemberhentian sementara", "CLTN", "Pensiun", "Mencapai BUP", "Diberhentikan"]
)
NAMES = pl.Series([f"CONTOH {number}" for number in range(10_000)])
BIRTHDAYS = np.array([month * 100 + day for month in range(1, 13) for day in range(1, 29)])
"""Month and day as one number; the 29th to the 31st are left out, so that every one of them is a date."""
