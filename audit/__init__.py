"""The audit log: who did what and when, in codes, in a chain that only the holder of the vault's key can write.

`record(settings, kind, **about)` is all that a writer needs.
"""

from audit.writing import record

__all__ = ["record"]
