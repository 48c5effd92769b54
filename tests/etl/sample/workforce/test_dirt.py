import pytest

from etl.sample.workforce.dirt import Style


@pytest.mark.parametrize("turn", range(24))
def test_every_office_has_its_own_but_complete_spelling(turn):
    style = Style(turn)
    assert len(set(style.genders)) == 2
    assert {word.strip().upper().replace("P3K", "PPPK") for word in style.statuses} == {"PNS", "CPNS", "PPPK"}
    assert len(style.classes) == 5
    assert style.date_format.count("%") == 3
    assert style.grade_pattern.format(name="Penata", grade="III/c").startswith("Penata")


def test_spellings_rotate():
    styles = [Style(turn) for turn in range(12)]
    assert len({style.genders for style in styles}) == 4
    assert len({style.statuses for style in styles}) == 4
    assert len({style.date_format for style in styles}) == 3
    assert {style.is_windows_encoded for style in styles} == {True, False}
