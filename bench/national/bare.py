"""The yardstick: DuckDB's bare typed `read_csv` of one file into a table of a file.

Run as a process of its own: `python -m bench.national.bare FILE DATABASE [unordered]` prints JSON; `unordered` lets
DuckDB write the rows in any order.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import duckdb

from bench.bare_read import read, shape_of
from bench.clock import peak_mib, seconds
from etl.reading.content import received
from etl.reading.dialect import read_dialect


def main(path: Path, database: Path, *, keeps_order: bool) -> dict[str, float]:
    """Seconds, processor seconds, rows and peak memory; the database is a new file and is removed."""
    dialect = read_dialect(received(path))
    shape = shape_of(dialect.rows, 1, dialect.separator)
    con = duckdb.connect(str(database))
    con.execute(f"SET preserve_insertion_order = {str(keeps_order).lower()}")
    used = time.process_time()
    took = seconds(lambda: read(con, [(shape, [str(path)])]))
    used = time.process_time() - used
    peak = peak_mib()
    (rows,) = con.execute("SELECT count(*) FROM t0").fetchall()[0]
    con.close()
    database.unlink()
    return {"seconds": took, "cpu": used, "peak": peak, "rows": rows}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]), keeps_order="unordered" not in sys.argv[3:])))
