"""Takes one file into the vault and writes its card."""
