"""The public list of corrections, and which of them touch what somebody was shown."""

from warehouse.corrections.touching import Correction, Shown, corrections, touching

__all__ = ["Correction", "Shown", "corrections", "touching"]
