"""Opens the built warehouse read-only, names its tables, and says what a reader selected."""
