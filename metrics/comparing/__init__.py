"""Units held against each other: differences of a few, the evidence on every one. Only from counts that may be shown."""
