"""The pages of the menu, in order; plain facts that the server may know without loading the pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Entry:
    """A page of the menu: its name in the texts, its file and its address."""

    name: str
    file: str
    path: str


PAGES: Final = (
    Entry("overview", "pages/overview/overview.py", ""),
    Entry("regions", "pages/regions/regions.py", "wilayah"),
    Entry("agencies", "pages/agencies/agencies.py", "instansi"),
    Entry("sanctions", "pages/sanctions/sanctions.py", "sanksi"),
    Entry("published", "pages/published/published.py", "terbitan"),
    Entry("downloads", "pages/downloads/downloads.py", "unduh"),
    Entry("method", "pages/method/method.py", "metode"),
)
PATHS: Final = frozenset(entry.path for entry in PAGES)
# The method does not depend on what is selected.
UNFILTERED: Final = ("method",)
