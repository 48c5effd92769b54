"""The audit log as the data steward sees it: is it whole, and what happened."""
