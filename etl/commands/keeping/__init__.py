"""Commands on what is kept: the vault, and the audit log."""
