"""Settings come from the environment; an impossible one is named with its cure, and a secret is never printed."""

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
