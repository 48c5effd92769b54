"""The app as a test opens it, run page by page without a browser."""

from functools import cache

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from settings import ROOT

# What is installed stays as it is for a run of tests; Streamlit would read the metadata of every package for every app.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def open_app(seconds=30):
    """An app that nobody has looked at yet, whose runs may take that long."""
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=seconds)
