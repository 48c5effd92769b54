"""Every page on a wide window, both languages, both themes; the other width is another file, since a file is one worker's."""

from __future__ import annotations

import pytest

from tests.functional.soundness import PAGES, sound_and_accessible


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("language", "scheme"), [("id", "light"), ("en", "dark")])
def test_a_page_is_sound_and_accessible(open_page, path, language, scheme):
    sound_and_accessible(open_page, path, language, scheme, 1280)
