"""Marked identities go in through every path, also failing ones; no byte outside the vault holds them in any form."""

from __future__ import annotations

import base64
import logging
import sys
import tempfile

import pytest

from etl.commands import app as command_line
from etl.loading import roster
from tests.etl.files import CASE_HEADER, HEADER, case, nip, person, write_csv, write_xlsx

NAME, NIK, PHONE, FAITH = "MARKEDNAME PERSON", "6408999988887777", "081299998888", "MARKEDFAITH"
WRONG = "18930412201403199X"
MARKS = (nip(901), nip(902), WRONG, NAME, NIK, PHONE, FAITH)
WIDE = (*HEADER, "NIK", "NOMOR HP", "AGAMA")
ROSTER = ("--government", "6408", "--as-of", "2024-11-30")


def forms_of(mark: str) -> list[bytes]:
    """A mark as it is, in other encodings, and in base64 at any of the three offsets."""
    plain = mark.encode()
    found = [plain, plain.hex().encode(), mark.encode("utf-16-le"), mark.encode("utf-16-be")]
    for shift in range(3):
        coded = base64.b64encode(b"\0" * shift + plain)
        found.append(coded[4 if shift else 0 : len(coded) // 4 * 4 - 4])
    return found


@pytest.fixture
def netra(tmp_path, monkeypatch, capfd):
    """Runs a command in this process; returns its code and everything it said."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("NETRA_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("NETRA_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    log = logging.getLogger("netra.etl")

    def close_log() -> None:
        while log.handlers:
            log.handlers.pop().close()

    def run(*words: object) -> tuple[int, bytes]:
        close_log()
        monkeypatch.setattr(sys, "argv", ["etl", *map(str, words)])
        code = 0
        try:
            command_line.main()
        except SystemExit as end:
            code = end.code or 0
        said = capfd.readouterr()
        return code, (said.out + said.err).encode()

    yield run
    close_log()


@pytest.fixture
def files(tmp_path):
    """The operator's own files, which hold the marks and are not searched."""
    folder = tmp_path / "received"
    folder.mkdir()
    more = (NIK, PHONE, FAITH)
    rows = [
        WIDE,
        (*person(nip(901), Nama=NAME), *more),
        (*person(nip(902), Nama=NAME), *more),
        (*person(WRONG, Nama=NAME), *more),
    ]
    write_csv(folder / "r.csv", rows)
    write_csv(folder / "utf16.csv", rows, encoding="utf-16")
    write_xlsx(folder / "r.xlsx", rows)
    write_csv(folder / "headless.csv", rows[1:])
    write_csv(folder / "wrong.csv", [WIDE, rows[3], rows[3]])
    write_csv(folder / f"Daftar {nip(901)}.csv", [["x"], [NAME]])
    (folder / "quote.csv").write_text(
        (folder / "r.csv").read_text("utf-8").replace("Guru", '"Guru', 1), "utf-8"
    )
    (folder / "cut.xlsx").write_bytes((folder / "r.xlsx").read_bytes()[:3000])
    write_csv(
        folder / "names.csv", [WIDE, *((*person(nip(i), Nama=f"{NAME} {i}"), *more) for i in range(901, 990))]
    )
    write_csv(
        folder / "k.csv",
        [(*CASE_HEADER, "Nama"), (*case(NIP=nip(901)), NAME), (*case(NIP=WRONG, No="2"), NAME)],
    )
    _activities(folder / "p.csv")
    (folder / "forget.txt").write_text(nip(902), "utf-8")
    (folder / "forget_wrong.txt").write_text(WRONG, "utf-8")
    (folder / "manifest.csv").write_text(
        f"kind,file,government_code,as_of\nroster,r.csv,6409,{nip(901)}\n", "utf-8"
    )
    return folder


def _activities(path):
    """A list of preventive activities with a person in every cell that may hold text."""
    head = (
        "Tanggal", "Jenis Kegiatan", "Pemda", "Penyelenggara", "Sasaran", "Jumlah Peserta", "Nomor Surat", "Tautan", "Keterangan",
        "Peserta",
    )  # fmt: skip
    marked = (
        f"{NAME} {FAITH}",
        f"{NAME} {NIK}",
        f"{NAME}/{NIK}/2024",
        f"https://example.org/{nip(901)}",
        NAME,
        NAME,
    )
    rows = [
        ("03-10-2024", "Sosialisasi", "6408", *marked[:2], "12", *marked[2:]),
        ("04-10-2024", f"Sosialisasi {nip(901)}", "6408", *marked[:2], NAME, *marked[2:]),
        ("05-10-2024", f"Ikrar {NAME}", f"Pemkab {NAME} {PHONE}", *marked[:2], nip(902), *marked[2:]),
        (nip(901), "Sosialisasi", "6408", *marked[:2], WRONG, *marked[2:]),
    ]
    write_csv(path, [head, *rows])


def search(data, said: list[bytes]) -> list[str]:
    """Every mark that stands outside the vault, and where."""
    vault = data / "vault"
    held = {str(p): p.read_bytes() for p in data.rglob("*") if p.is_file() and vault not in p.parents}
    held |= {f"said {place}": text for place, text in enumerate(said)}
    return [
        f"{mark[:4]}… in {where}"
        for where, content in held.items()
        for mark in MARKS
        for form in forms_of(mark)
        if form in content
    ]


@pytest.mark.parametrize("as_events", [False, True])
def test_no_identity_leaves_the_vault(netra, files, tmp_path, monkeypatch, as_events):
    more = ["--json"] if as_events else []
    paths = [
        (0, "load", "roster", files / "r.csv", *ROSTER, "--dry-run"), (0, "load", "roster", files / "r.csv", *ROSTER),
        (0, "load", "roster", files / "utf16.csv", *ROSTER, "--keep-original"), (0, "load", "roster", files / "r.xlsx", *ROSTER),
        (11, "load", "roster", files / "r.csv", "--government", "6409", "--as-of", "2024-11-30", "--expect-pns", "9"),
        (10, "load", "roster", files / "headless.csv", *ROSTER), (11, "load", "roster", files / "wrong.csv", *ROSTER),
        (10, "load", "roster", files / f"Daftar {nip(901)}.csv", *ROSTER), (10, "load", "roster", files / "quote.csv", *ROSTER),
        (10, "load", "roster", files / "cut.xlsx", *ROSTER), (11, "load", "roster", files / "names.csv", *ROSTER, "--map", "Nama=agency"),
        (0, "load", "cases", files / "k.csv"), (0, "load", "prevention", files / "p.csv"),
        (11, "load", "batch", files / "manifest.csv"), (0, "build"), (0, "sources"),
        (0, "sources", "--all"), (0, "sources", "--rejected", tmp_path / "received" / "refused.xlsx"),
        (None, "load", "corrections", files / "refused.xlsx"), (0, "restore", "roster-6408-2024-11-30"), (0, "build"),
        (0, "export", "--out", tmp_path / "data" / "out"), (0, "rotate-key"), (0, "rollback"),
        (10, "forget", "--nip-file", files / "forget_wrong.txt"), (0, "forget", "--nip-file", files / "forget.txt"),
    ]  # fmt: skip
    said = []
    for expected, *words in paths:
        code, told = netra(*words, *more)
        assert expected is None or code == expected, (words[:2], told.decode())
        said.append(told)

    def fail(*words, **named):
        raise ValueError(f"{nip(901)} {NAME}")

    for place in ("read_roster", "decide", "count_lines", "lay_open", "_store"):
        with monkeypatch.context() as patched:
            patched.setattr(roster, place, fail)
            code, told = netra(
                "load", "roster", files / "r.csv", "--government", "6409", "--as-of", "2024-11-30", *more
            )
            assert code == 1
            said.append(told)
    assert search(tmp_path / "data", said) == []
    assert list((tmp_path / "tmp").iterdir()) == []
    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "data" / "vault").rglob("*")}
    assert modes == {0o600, 0o700}
