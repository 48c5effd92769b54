"""An answer as files: every form of its data, and the package that says what they are."""
