"""Builds that are nothing but a name, a day and a file."""

import pytest

from etl.building.publish import Manifest
from settings import Settings


@pytest.fixture
def place(tmp_path, monkeypatch):
    """`place(days, current=…, history=…, **settings)`: builds named by number, one for every day; gives their Settings."""
    corrections = tmp_path / "corrections"
    corrections.mkdir()
    monkeypatch.setattr(Settings, "corrections", corrections)

    def place(days, current=None, history=None, **settings):
        chosen = Settings(data=tmp_path / "data", key_file=tmp_path / "key", **settings)
        chosen.build.mkdir(parents=True)
        names = [name(number) for number in range(len(days))]
        for build_id, day in zip(names, days, strict=True):
            file = f"warehouse-{build_id}.duckdb"
            manifest = Manifest(build_id, file, "c" * 64, "i" * 64, f"{day}T01:00:00Z" if day else "")
            (chosen.build / file).write_bytes(b"rows")
            (chosen.build / f"warehouse-{build_id}.json").write_text(manifest.as_json())
        now = name(current if current is not None else len(days) - 1)
        past = names if history is None else [name(number) for number in history]
        (chosen.build / "current").write_text(f"warehouse-{now}.duckdb\n")
        (chosen.build / "history").write_text("\n".join(past) + "\n")
        return chosen

    return place


def name(number):
    return f"a{number:015x}"
