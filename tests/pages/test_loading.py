"""The data steward's page through app.py: it exists with a key only, and every way through it ends in a sentence."""

import pytest
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from tests import builders
from tests.pages.conftest import sound, text
from tests.ui.steward.conftest import FAKE, calls, roster
from ui.stays import Stays
from ui.steward import gate, outcome
from ui.steward.door import Door
from ui.steward.running import desk

KEY = "kunci-petugas-uji"
PAGE = "pages/loading/loading.py"
NUMBER = "189304122014031001"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Two builds, the first one current; jobs are run by the stand-in."""
    for build_id in ("first", "second"):
        builders.build(tmp_path, builders.example_rows(), build_id=build_id)
    (tmp_path / "build" / "current").write_text("warehouse-first.duckdb\n")
    monkeypatch.setenv("NETRA_STEWARD_KEY", KEY)
    monkeypatch.setattr(desk, "COMMAND", FAKE)
    monkeypatch.setattr(gate, "DOOR", Door(sleep=lambda _: None))
    monkeypatch.setattr(gate, "STAYS", Stays())
    yield tmp_path
    (tmp_path / "go").touch()


@pytest.fixture
def enter(start, folder):
    """`enter(**address)`: the page as a steward sees it who has signed in."""

    def visit(data=folder, **address):
        app = start("loading", folder=data, **address)
        app.text_input(key="steward_key").set_value(KEY)
        app.button(key="FormSubmitter:steward_door-Masuk").click().run()
        return sound(app)

    return visit


def fill(app, content=b"NIP;OPD\n", name="pegawai.csv", **fields):
    """Drops a file and fills in a roster."""
    app.file_uploader[0].upload(name, content, "text/csv")
    app.selectbox(key="steward_roster_government").set_value("6408")
    app.text_input(key="steward_roster_as_of").set_value("30-11-2024")
    for field, value in fields.items():
        app.text_input(key=f"steward_roster_{field}").set_value(value)
    return app


def press(app, key):
    app.button(key=key).click().run()
    return finish(app)


def check(app):
    return press(app, "FormSubmitter:steward_form-Periksa")


def finish(app):
    """Waits for the job of the address and shows the page again."""
    if "tugas" in app.query_params:
        outcome.counter().wait(app.query_params["tugas"])
    return sound(app.run())


def links(app):
    return [link.proto.page for link in app.get("page_link")]


def test_without_a_key_the_page_does_not_exist(start, folder, monkeypatch):
    monkeypatch.delenv("NETRA_STEWARD_KEY")
    app = sound(start(folder=folder))
    assert not any("muat" in link for link in links(app))
    assert "Muat data" not in text(app)


def test_with_a_key_it_stands_in_the_menu_and_asks_for_the_key(start, folder):
    app = sound(start("loading", folder=folder))
    assert any("muat" in link for link in links(app))
    assert app.title[0].value == "Muat data"
    assert len(app.text_input) == 1
    assert not app.get("file_uploader")


def test_a_key_that_is_too_short_is_told_calmly(start, folder, monkeypatch):
    monkeypatch.setenv("NETRA_STEWARD_KEY", "pendek")
    app = start(folder=folder)
    assert not app.exception
    assert "definisi" in app.warning[0].value
    assert "pendek" not in text(app)


def test_a_wrong_key_opens_nothing(start, folder):
    app = start("loading", folder=folder)
    app.text_input(key="steward_key").set_value("kunci-petugas-lain")
    app.button(key="FormSubmitter:steward_door-Masuk").click().run()
    assert "tidak cocok" in text(sound(app))
    assert not app.get("file_uploader")


def test_a_job_of_the_address_is_hidden_until_sign_in(start, enter):
    app = check(fill(enter()))
    job_id = app.query_params["tugas"]
    gate.DOOR.leave("test session id")
    app.run()
    assert "1.234" not in text(app)
    assert job_id


def test_signing_out_closes_the_page(enter):
    app = enter()
    app.button(key="steward_leave").click().run()
    assert not app.get("file_uploader")


def test_check_load_publish(enter, folder):
    app = check(fill(enter(), name=f"Daftar {NUMBER}.csv", expect_pns="900"))
    shown = text(app)
    assert "1.234 baris dibaca: 1.231 dapat dimuat, 3 ditolak. Bukan data: 1." in shown
    for part in (
        "cocok",
        "tidak dinyatakan",
        "9,99x+99",
        "NIP tidak 18 angka.",
        "perangkat daerah",
        "Tanggal lahir berbeda",
    ):
        assert part in shown
    assert NUMBER not in shown and "Daftar ….csv" in shown
    assert not (folder / "loaded").exists()
    app = press(app, "steward_next_load")
    assert "Berkas dimuat." in text(app)
    assert (folder / "loaded").read_text() == "roster-6408-2024-11-30"
    app = press(app, "steward_next_build")
    assert "Pembaca sekarang melihat bangunan second" in text(app)
    assert "bangunan `second`" in app.info[0].value
    assert [call[0] for call in calls(outcome.counter().settings)] == ["load", "load", "build"]


def test_of_a_file_that_was_handed_in_streamlit_keeps_no_copy(enter, monkeypatch):
    removed = []
    forget = MemoryUploadedFileManager.remove_file
    monkeypatch.setattr(
        MemoryUploadedFileManager,
        "remove_file",
        lambda *words: removed.append(words[2]) or forget(*words),
    )
    app = check(fill(enter()))
    assert len(removed) == 1
    assert "Tanpa pilihan baru dipakai berkas yang tadi diperiksa: `pegawai.csv`" in text(app)
    assert "Berkas yang dipilih" not in text(app)
    press(app, "steward_next_load")
    assert outcome.kept(outcome.counter()) is None


def test_what_is_missing_is_named_and_nothing_is_started(enter, folder):
    app = enter()
    app.button(key="FormSubmitter:steward_form-Periksa").click().run()
    shown = text(sound(app))
    for part in ("Pilih berkasnya dahulu.", "Pilih pemerintah daerahnya.", "Isi tanggal"):
        assert part in shown
    assert not (folder / "calls.txt").exists()


def test_totals_that_differ_are_shown_and_may_be_accepted_by_name(enter, folder):
    app = check(fill(enter(), expect_pns="901"))
    shown = text(app)
    assert "Jumlah kendali tidak cocok." in shown
    assert "berbeda" in shown and "Pilihan lain" in shown
    assert not [button for button in app.button if button.key == "steward_next_load"]
    assert app.text_input(key="steward_roster_expect_pns").value == "901"
    app.text_input(key="steward_roster_accept").set_value("Kepala Bidang")
    app = check(app)
    assert "berbeda, diterima petugas" in text(app)
    press(app, "steward_next_load")
    assert "--accept-mismatch=Kepala Bidang" in calls(outcome.counter().settings)[-1]
    for path in (folder / "log").rglob("*"):
        assert not path.is_file() or "Kepala Bidang" not in path.read_text()


def test_a_sheet_is_asked_for_and_checked(enter):
    app = check(fill(enter(), b"SHEETS", "buku.xlsx"))
    assert "beberapa lembar" in text(app)
    app.selectbox(key="steward_sheet").set_value("Februari")
    app = press(app, "FormSubmitter:steward_sheets-Periksa lembar ini")
    assert "1.234 baris dibaca" in text(app)
    press(app, "steward_next_load")
    assert "--sheet=Februari" in calls(outcome.counter().settings)[-1]


def test_a_file_that_is_loaded_already_says_so(enter):
    app = check(fill(enter(), b"SAME"))
    assert "sudah dimuat" in text(app)
    assert not [button for button in app.button if button.key == "steward_next_load"]


def test_a_killed_import_is_told_calmly(enter):
    app = check(fill(enter(), b"CRASH"))
    assert "berhenti tanpa keterangan" in text(app)
    assert app.query_params["tugas"] in text(app)


def test_a_second_steward_is_told_to_wait_and_may_watch(enter, folder):
    app = fill(enter())
    running = outcome.counter().start(roster(b"SLOW"))
    app.button(key="FormSubmitter:steward_form-Periksa").click().run()
    assert "Pekerjaan lain sedang berjalan" in text(sound(app))
    assert "tugas" not in app.query_params
    app.button(key="steward_watch").click().run()
    assert app.query_params["tugas"] == running
    assert "Sedang berjalan" in text(app)
    assert not app.get("file_uploader")
    app.button(key="steward_stop").click().run()
    assert "Dihentikan." in text(finish(app))


def test_after_a_reload_the_checked_file_can_still_be_loaded(start, enter):
    job_id = check(fill(enter())).query_params["tugas"]
    gate.DOOR.leave("test session id")
    app = enter(tugas=job_id)
    assert "1.234 baris dibaca" in text(app)
    assert app.text_input(key="steward_roster_as_of").value == "30-11-2024"
    assert "Berkas dimuat." in text(press(app, "steward_next_load"))


def test_a_file_that_is_no_longer_kept_is_asked_for_again(enter):
    app = check(fill(enter()))
    outcome.counter().shelf.drop(app.query_params["tugas"])
    assert "tidak disimpan lagi" in text(sound(app.run()))


def test_the_way_back_needs_a_tick(enter, folder):
    app = enter()
    (folder / "build" / "current").write_text("warehouse-second.duckdb\n")
    app.button(key="FormSubmitter:steward_rollback-Kembali ke bangunan sebelumnya").click().run()
    assert "Centang dahulu" in text(app)
    app.checkbox(key="steward_sure").check()
    app = press(app, "FormSubmitter:steward_rollback-Kembali ke bangunan sebelumnya")
    assert "Pembaca sekarang melihat bangunan first" in text(app)
    assert (folder / "build" / "current").read_text() == "warehouse-first.duckdb\n"


def test_loaded_files_are_listed_and_an_earlier_version_comes_back(enter):
    app = press(enter(), "steward_list")
    assert "roster-6408-2024-11-30" in text(app) and "cases-kaltim" in text(app)
    assert app.selectbox(key="steward_restore_which").options == ["roster-6408-2024-11-30"]
    app.checkbox(key="steward_restore_sure").check()
    app = press(app, "FormSubmitter:steward_restore-Pulihkan")
    assert "Versi sebelumnya dipulihkan" in text(app)
    assert calls(outcome.counter().settings)[-1] == ["restore", "roster-6408-2024-11-30", "--json"]


def test_the_first_file_of_all_can_be_loaded_without_a_warehouse(enter, folder, tmp_path):
    empty = folder / "empty"
    (empty / "build").mkdir(parents=True)
    app = enter(data=empty)
    assert "Belum ada bangunan data." in text(app)
    assert "1.234 baris dibaca" in text(check(fill(app)))
    (empty / "go").touch()


@pytest.mark.parametrize("job_id", ["", "x", "../../etc/passwd", "0" * 16])
def test_an_unknown_job_is_no_fault(enter, job_id):
    app = enter(tugas=job_id)
    assert ("Tugas ini tidak ada" in text(app)) == bool(job_id)


def test_other_pages_understand_the_job_and_do_not_carry_it(start, folder):
    app = sound(start(folder=folder, tugas="0" * 16))
    assert not app.info
    assert not any("tugas" in link.proto.query_string for link in app.get("page_link"))


def test_the_page_speaks_english(start, folder):
    app = sound(start("loading", folder=folder, bahasa="en"))
    app.text_input(key="steward_key").set_value(KEY)
    app.button(key="FormSubmitter:steward_door-Sign in").click().run()
    assert "Chosen file" not in text(app)
    for kind in ("cases", "discipline", "prevention"):
        app.segmented_control(key="steward_kind").set_value(kind).run()
        sound(app)
    assert "The build that readers see" in [header.value for header in app.header]
