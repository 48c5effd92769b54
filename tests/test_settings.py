"""Settings come from the environment; an impossible one is named with its cure, and a secret is never printed."""

from dataclasses import fields

import pytest

import settings
from errors import DefinitionError


def test_without_a_steward_key_there_is_none():
    assert settings.read({}).steward_key is None
    assert settings.read({"NETRA_STEWARD_KEY": ""}).steward_key is None


def test_a_steward_key_is_read_and_not_printed():
    read = settings.read({"NETRA_STEWARD_KEY": "0123456789abcdef"})
    assert read.steward_key == "0123456789abcdef"
    assert "0123456789abcdef" not in repr(read)


def test_a_short_steward_key_is_refused_without_repeating_it():
    with pytest.raises(DefinitionError) as caught:
        settings.read({"NETRA_STEWARD_KEY": "0123456789abcde"})
    assert caught.value.where == "NETRA_STEWARD_KEY"
    assert "0123456789abcde" not in str(caught.value)


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "many", "٣"])
def test_a_limit_is_a_whole_number_above_zero(text):
    with pytest.raises(DefinitionError) as caught:
        settings.limits({"NETRA_QUERY_BYTES": text})
    assert caught.value.where == "NETRA_QUERY_BYTES"


def test_limits_have_safe_defaults_and_are_read():
    assert settings.limits({"NETRA_IDLE_SECONDS": ""}) == settings.Limits()
    assert settings.limits({"NETRA_IDLE_SECONDS": "60"}).idle_seconds == 60


@pytest.mark.parametrize(
    ("name", "text"), [("YEARS", "101"), ("YEARS", "-1"), ("BUILDS", "ten"), ("BUILDS", "1.5")]
)
def test_how_long_builds_are_kept_is_a_whole_number(name, text):
    with pytest.raises(DefinitionError) as caught:
        settings.read({f"NETRA_KEEP_{name}": text})
    assert caught.value.where == f"NETRA_KEEP_{name}"


def test_without_a_word_builds_are_kept_ten_years():
    assert (settings.read({}).keep_years, settings.read({}).keep_builds) == (10, 10)
    said = settings.read({"NETRA_KEEP_YEARS": "0", "NETRA_KEEP_BUILDS": "0"})
    assert (said.keep_years, said.keep_builds) == (0, 0)


def test_nobody_is_believed_and_no_https_demanded_unless_said():
    assert settings.exposure({}) == settings.Exposure(tls=False, client_header=None)
    said = {"NETRA_TLS": "1", "NETRA_CLIENT_HEADER": "x-real-ip", "NETRA_PROXIES": "10.0.0.1, 10.0.0.2"}
    assert settings.exposure(said) == settings.Exposure(True, "x-real-ip", ("10.0.0.1", "10.0.0.2"))
    with pytest.raises(DefinitionError):
        settings.exposure({"NETRA_TLS": "yes"})


def test_every_limit_is_documented_with_its_default():
    told = (settings.ROOT / "SECURITY.md").read_text("utf-8")
    for each in fields(settings.Limits):
        row = next(line for line in told.splitlines() if line.startswith(f"| `NETRA_{each.name.upper()}` |"))
        assert f" {each.default} |" in row, each.name
