import json
from pathlib import Path

import pytest
import shapely

from errors import ContractError
from geo import publish

CREDIT = publish.Credit({"id": "Sumber", "en": "Source"}, 2020)


@pytest.fixture
def contents(three_fields):
    areas = publish.areas_as_geojson(three_fields)
    lines = publish.lines_as_geojson(shapely.multilinestrings([shapely.linestrings([(114, 1), (116, 1)])]))
    return {"overview": areas, "detail": areas, "provinces": areas, "province_lines": lines}


def listing(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_features_carry_the_code_twice_and_no_spaces(three_fields):
    content = publish.areas_as_geojson(three_fields.iloc[::-1])
    collection = json.loads(content)
    assert [feature["id"] for feature in collection["features"]] == ["9001", "9002", "9101"]
    assert collection["features"][0]["properties"] == {"code": "9001", "name": "West", "province": "90"}
    assert b": " not in content
    assert b", " not in content


def test_what_is_written_is_read_back(three_fields):
    back = publish.read_areas(publish.areas_as_geojson(three_fields))
    assert list(back.index) == list(three_fields.index)
    assert back.geometry.geom_equals(three_fields.geometry).all()


def test_the_manifest_names_every_file(tmp_path, contents):
    folder = tmp_path / "static" / "geo"
    manifest = publish.publish(contents, CREDIT, folder)
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8")) == manifest
    assert set(manifest) == {*publish.STEMS, "attribution", "bounds", "year"}
    assert manifest["bounds"] == [114, 0, 116, 2]
    assert {manifest[layer] for layer in publish.STEMS} | {"manifest.json"} == set(listing(folder))


def test_a_new_build_replaces_the_old_files_and_touches_no_others(tmp_path, contents):
    publish.publish(contents, CREDIT, tmp_path / "geo")
    (tmp_path / "geo" / "own.geojson").write_bytes(b"{}")
    changed = contents | {"overview": contents["overview"].replace(b"West", b"Waist")}
    manifest = publish.publish(changed, CREDIT, tmp_path / "geo")
    expected = {manifest[layer] for layer in publish.STEMS} | {"manifest.json", "own.geojson"}
    assert set(listing(tmp_path / "geo")) == expected
    assert list(tmp_path.iterdir()) == [tmp_path / "geo"]


def test_the_same_contents_give_the_same_files(tmp_path, contents):
    publish.publish(contents, CREDIT, tmp_path / "geo")
    before = listing(tmp_path / "geo")
    publish.publish(contents, CREDIT, tmp_path / "geo")
    assert listing(tmp_path / "geo") == before


@pytest.mark.parametrize("fatal", [1, 3, 5])
def test_a_failure_at_any_file_changes_nothing(tmp_path, contents, monkeypatch, fatal):
    folder = tmp_path / "geo"
    publish.publish(contents, CREDIT, folder)
    before = listing(folder)
    real, calls = Path.replace, []

    def replace(path, target):
        calls.append(target)
        if len(calls) == fatal:
            raise OSError(28, "No space left on device")
        return real(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    changed = {layer: content.replace(b"114", b"113") for layer, content in contents.items()}
    with pytest.raises(ContractError, match="No space left on device") as failure:
        publish.publish(changed, CREDIT, folder)
    assert "Nothing was published" in failure.value.cure
    assert listing(folder) == before
    assert list(tmp_path.iterdir()) == [folder]


def test_an_old_file_that_stays_is_named(tmp_path, contents, monkeypatch):
    folder = tmp_path / "geo"
    old = publish.publish(contents, CREDIT, folder)["province_lines"]

    def refuse(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    changed = contents | {"province_lines": b"{}"}
    with pytest.raises(ContractError, match=r"Permission denied.*new boundaries are published") as failure:
        publish.publish(changed, CREDIT, folder)
    assert failure.value.where == old
    current = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert current["province_lines"] == publish.file_name("province_lines", b"{}")
