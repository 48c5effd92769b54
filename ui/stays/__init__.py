"""How long somebody stays signed in, as the audit log tells it: each way in has one way out."""

from ui.stays.stays import STAYS, Reason, Stay, Stays

__all__ = ["STAYS", "Reason", "Stay", "Stays"]
