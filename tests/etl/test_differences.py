"""The operator's lists: what sources disagree on, with the numbers that the warehouse never holds."""

from __future__ import annotations

import pytest

from errors import WarehouseError
from etl.building.build import build
from etl.building.differences import list_differences
from etl.loading.cases import CasesRequest, load_cases
from etl.loading.discipline import DisciplineRequest, load_discipline
from etl.loading.session import open_session
from tests.etl.commanding import listening
from tests.etl.files import CASE_HEADER, nip, write_csv
from tests.etl.test_discipline import history, record
from tests.etl.test_reconciling import MORE, NUMBER, row, theirs

OURS, THEIRS = "cases-bawaslu-kaltim", "cases-bkpsdm-kutai-timur"


def registers(tmp_path):
    ours = [row(), row(NIP=nip(5), **{"Nomor Register": "005/LP/PB/KAB/X/2024"})]
    other = [
        theirs(**{"Tanggal Kejadian": "02-10-2024", "Tanggal Keputusan PPK": "05-01-2025"}),
        theirs(
            NIP=nip(5), **{"Nomor Register": "=800/19/2024", "Nomor Register Bawaslu": "6/LP/PB/KAB/X/2024"}
        ),
    ]
    return [
        (publisher, write_csv(tmp_path / f"{name}.csv", [(*CASE_HEADER, *MORE), *rows]))
        for name, publisher, rows in (("a", "Bawaslu Kaltim", ours), ("b", "BKPSDM Kutai Timur", other))
    ]


def test_what_sources_disagree_on_is_listed_with_their_numbers(room, tmp_path):
    session = open_session(room)
    for publisher, path in registers(tmp_path):
        load_cases(session, CasesRequest(path, publisher))
    late = record(2, nipBaru=nip(8), skNomor="800/77/2025")
    load_discipline(session, DisciplineRequest(history(tmp_path, record(), late), "BKN", government="6408"))
    session.close()
    build(room)
    found = list_differences(room)
    theirs_of_it = "800/17/BKPSDM/2024"
    assert [line[1:] for line in found.differences] == [
        (1, "occurred_on", OURS, NUMBER, "2024-10-01", THEIRS, theirs_of_it, "2024-10-02"),
        (
            1,
            "ppk_decided_on",
            THEIRS,
            theirs_of_it,
            "2025-01-05",
            "discipline-bkn",
            "800/12/BKPSDM/2025",
            "2025-01-10",
        ),
    ]
    # A number that could be read as a formula is not kept as text; Bawaslu's stands in for it.
    assert sorted(line[4] for line in found.doubtful) == ["005/LP/PB/KAB/X/2024", "6/LP/PB/KAB/X/2024"]
    ((_, government, _, sanction, severity, annulled, number, source),) = found.unmatched
    assert (government, sanction, severity, annulled) == ("6408", "L_WRITTEN", "light", False)
    assert (number, source) == ("800/77/2025", "discipline-bkn")


def test_without_a_warehouse_there_is_nothing_to_list(room):
    with pytest.raises(WarehouseError):
        list_differences(room)


def test_the_commands_load_and_list_without_naming_anybody(room, tmp_path, monkeypatch, capfd):
    monkeypatch.setenv("COLUMNS", "240")
    with listening(room, capfd) as command:

        def netra(*words):
            code, out, err = command(*words)
            assert nip() not in out + err
            return code, out, err

        for publisher, path in registers(tmp_path):
            assert netra("load", "cases", path, "--publisher", publisher)[0] == 0
        path = history(tmp_path, record(), record(2, nipBaru=nip(8)))
        code, out, _ = netra(
            "load", "discipline", path, "--publisher", "BKN", "--government", "6408", "--dry-run"
        )
        assert (code, "neutrality" in out, "Dry run" in out) == (0, True, True)
        assert netra("load", "discipline", path, "--publisher", "BKN", "--government", "6408")[0] == 0
        assert netra("build")[0] == 0
        code, out, _ = netra("differences")
        assert code == 0
        assert NUMBER in out
        assert "800/12/BKPSDM/2025" in out
        other = write_csv(
            tmp_path / "c.csv", [(*CASE_HEADER, *MORE), row(NIP=nip(9), **{"Nomor Register": "9/A/B"})]
        )
        code, _, err = netra("load", "cases", other, "--publisher", "Bawaslu Kaltim")
        assert (code, "--register" in err, "--replace" in err) == (11, True, True)
        assert (
            netra("load", "cases", other, "--publisher", "Bawaslu Kaltim", "--register", "Bawaslu Kaltim B")[
                0
            ]
            == 0
        )
    log = (room.data / "log" / "etl.log").read_text("utf-8")
    assert nip() not in log
    assert NUMBER not in log
