"""Every page on a phone, in one language and scheme; in both others it is seen at the other width (`soundness.looks`), in another
file, since a file is one worker's."""

from __future__ import annotations

import pytest

from tests.functional.soundness import looks, sound_and_accessible


@pytest.mark.parametrize(("path", "language", "scheme"), looks(390))
def test_a_page_is_sound_and_accessible(open_page, path, language, scheme):
    sound_and_accessible(open_page, path, language, scheme, 390)
