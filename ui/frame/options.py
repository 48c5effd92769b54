"""What a filter offers, given what is chosen already."""

from __future__ import annotations

from collections.abc import Mapping

from language import Words
from ui import results
from warehouse.selection import EMPLOYMENT, STATUSES, Known, Selection


def offered(w: Words, name: str, selection: Selection, known: Known) -> Mapping[str, str]:
    """Codes and names for the filter `name`; governments of the chosen provinces, agencies of the chosen governments."""
    if name == "statuses":
        return {code: w(f"selection.status.{code}") for code in STATUSES}
    if name == "employment":
        return {code: w(f"selection.employment_type.{code}") for code in EMPLOYMENT}
    if name == "elections":
        return results.elections(w)
    if name == "governments":
        employers, chosen = results.governments(), selection.provinces
        return {
            code: text
            for code, text in known.governments.items()
            if not chosen or employers[code].province_code in chosen
        }
    if name == "agencies":
        # All two thousand agencies would weigh more than the rest of the page.
        units, asked = results.agencies(), selection
        return {
            code: text
            for code, text in known.agencies.items()
            if units[code].government_code in asked.governments or code in asked.agencies
        }
    return known.provinces if name == "provinces" else known.violations
