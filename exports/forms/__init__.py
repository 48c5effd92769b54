"""The same rows as CSV, workbook, Parquet, and as places with their boundaries."""
