"""The fact sheet of a place as a PDF for printing: its contents as plain texts, and what sets them on paper."""
