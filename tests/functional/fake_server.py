"""`python -m tests.functional.fake_server run server.py …`: the product's server, with jobs run by the stand-in."""

from __future__ import annotations

import sys

from streamlit.web.cli import main

from tests.ui.steward.conftest import FAKE
from ui.steward.running import desk

desk.COMMAND = FAKE

if __name__ == "__main__":
    sys.argv[0] = "streamlit"
    main()
