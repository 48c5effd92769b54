"""The connection of one scope: a database in memory that holds the scope's own rows and nothing of anybody else.

The built file is attached, the rows of the scope are taken over, the file is detached and the configuration locked: from then on
no SQL, however it came about, can reach a case of another place, since it is not there. Facts that everybody may read
(places, elections, law, the receipt) are taken over whole, and so are the cases of all governments by month, which a change is
judged against; tables that a case list or its figures do not need stay empty.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import duckdb

from warehouse.access.scope import Scope
from warehouse.access.sealed import seal
from warehouse.dictionary import dictionary

FACTS: Final = frozenset({
    "core_region", "core_region_neighbour", "core_government", "core_agency", "core_election",
    "core_election_region", "core_followup_limit", "core_violation_type", "core_sanction", "core_build", "mart_month",
})  # fmt: skip
PLACED: Final = ("core_case", "mart_case", "mart_followup", "mart_workforce", "mart_workforce_stratum")
"""Tables with government and agency in every row."""
OF_A_CASE: Final = ("core_case_origin", "core_case_difference", "core_discipline")
"""Tables whose rows belong to a person in a case."""
_PLACES: Final = "CREATE TEMP TABLE place (kind VARCHAR, code VARCHAR)"
_UNITS: Final = """
CREATE TEMP TABLE unit AS
SELECT agency_id FROM built.core_agency
WHERE agency_id IN (SELECT code FROM place WHERE kind = 'agency')
   OR lineage_id IN (SELECT code FROM place WHERE kind = 'agency')
"""
_INSIDE: Final = """
    left(government_code, 2) IN (SELECT code FROM place WHERE kind = 'province')
 OR government_code IN (SELECT code FROM place WHERE kind = 'government')
 OR agency_id IN (SELECT agency_id FROM unit)
"""
_OF_OWN: Final = "(case_id, person_number) IN (SELECT (case_id, person_number) FROM core_case)"


def open_own(path: Path, scope: Scope) -> duckdb.DuckDBPyConnection:
    """A sealed database in memory with every table of the dictionary, filled as far as `scope` reaches."""
    base = duckdb.connect(":memory:", config={"python_enable_replacements": "false"})
    try:
        base.execute(f"ATTACH '{_quoted(path)}' AS built (READ_ONLY)")
        base.execute(_PLACES)
        for kind, code in scope.places():
            base.execute("INSERT INTO place VALUES (?, ?)", [kind, code])
        base.execute(_UNITS)
        for table in (*FACTS, *PLACED, *OF_A_CASE):
            _take(base, table, _wanted(table))
        for table in dictionary().keys() - {*FACTS, *PLACED, *OF_A_CASE}:
            _take(base, table, "false")
        base.execute("DROP TABLE place")
        base.execute("DROP TABLE unit")
        base.execute("DETACH built")
        base.execute("SET autoload_known_extensions = false")
        base.execute("SET autoinstall_known_extensions = false")
        base.execute("SET enable_external_access = false")
        return seal(base)
    except BaseException:
        base.close()
        raise


def _take(base: duckdb.DuckDBPyConnection, table: str, wanted: str) -> None:
    # Names and conditions of this module; the codes of a scope are bound values of `place`.
    base.execute(f"CREATE TABLE {table} AS SELECT * FROM built.{table} WHERE {wanted}")  # noqa: S608


def _wanted(table: str) -> str:
    if table in FACTS:
        return "true"
    return _INSIDE if table in PLACED else _OF_OWN


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
