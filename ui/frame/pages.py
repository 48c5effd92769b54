"""The pages of the menu, in order; plain facts that the server may know without loading the pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import settings
from errors import DefinitionError


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
    Entry("followup", "pages/followup/followup.py", "tindak-lanjut"),
    Entry("published", "pages/published/published.py", "terbitan"),
    Entry("downloads", "pages/downloads/downloads.py", "unduh"),
    Entry("method", "pages/method/method.py", "metode"),
    Entry("corrections", "pages/corrections/corrections.py", "koreksi"),
)
# For officials: the cases of their own scope. Everybody may open the address and is told so.
CASES: Final = Entry("cases", "pages/cases/cases.py", "kasus")
STEWARD: Final = Entry("loading", "pages/loading/loading.py", "muat")
AUDIT: Final = Entry("audit", "pages/audit/audit.py", "catatan")
STEWARD_PAGES: Final = (STEWARD, AUDIT)
# What these show does not depend on what is selected.
UNFILTERED: Final = ("method", "corrections", STEWARD.name, AUDIT.name)


def offered() -> tuple[Entry, ...]:
    """The pages of this server; the data steward's exist only where a steward key is set."""
    try:
        return (*PAGES, CASES, *STEWARD_PAGES) if settings.read().steward_key else (*PAGES, CASES)
    except DefinitionError:
        # Told by the error boundary, which needs a page to stand on.
        return (*PAGES, CASES)


def paths() -> frozenset[str]:
    """Addresses of the pages of this server."""
    return frozenset(entry.path for entry in offered())
