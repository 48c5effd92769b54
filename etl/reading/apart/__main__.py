"""Reads a workbook from standard input and writes its sheets as JSON: a damaged one may ask for any amount of memory and time.

`python -m etl.reading.apart SECONDS`: how long the processor may work on it.
"""

from __future__ import annotations

import json
import resource
import sys
from io import BytesIO

from python_calamine import CalamineWorkbook

from etl.reading.apart.cells import as_text

MOST_MEMORY = 3 * 1024**3
"""Addresses, not bytes in use: about half of it is never touched."""


def main() -> None:
    """Ends with code 0 and the sheets on standard output, or with any other code and nothing of use."""
    seconds = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    book = CalamineWorkbook.from_filelike(BytesIO(sys.stdin.buffer.read()))
    sheets = {}
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        width = max(map(len, rows), default=0)
        sheets[name] = [
            [as_text(row[place]) if place < len(row) else "" for row in rows] for place in range(width)
        ]
    sys.stdout.write(json.dumps(sheets))


if __name__ == "__main__":
    main()
