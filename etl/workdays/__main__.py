"""`python -m etl.workdays > data/reference/holidays.csv` writes the national holidays anew."""

import sys

from etl.workdays.calendar import as_csv

sys.stdout.write(as_csv())
